import type {
  AvailabilityZone,
  Listener as ListenerShape,
  LoadBalancer as LoadBalancerShape,
  Rule as RuleShape,
  TargetGroup as TargetGroupShape,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { World } from '../core/world.ts';
import { describeAction } from './actions.ts';
import type { Listener, ListenerTls, LoadBalancer, Rule, TargetGroup } from './state.ts';

/** Hosted zone of load balancers in the Region; a constant of AWS's, one for all simulated Regions. */
export const canonicalHostedZoneId = 'Z32O12XQLNTSW2';

export function describeLoadBalancer(balancer: LoadBalancer, world: World): LoadBalancerShape {
  return {
    LoadBalancerArn: balancer.arn,
    DNSName: balancer.dnsName,
    CanonicalHostedZoneId: canonicalHostedZoneId,
    CreatedTime: new Date(balancer.createdAtMs),
    LoadBalancerName: balancer.name,
    Scheme: balancer.scheme,
    State: { Code: isProvisioned(balancer, world) ? 'active' : 'provisioning' },
    Type: 'application',
    ...vpcOf(balancer, world),
    AvailabilityZones: availabilityZones(balancer, world),
    SecurityGroups: [...balancer.securityGroups],
    IpAddressType: balancer.ipAddressType as 'ipv4',
  };
}

function isProvisioned({ createdAtMs }: LoadBalancer, { clock, settings }: World): boolean {
  return clock.now() - createdAtMs >= settings.loadBalancerProvisioningMs;
}

/** The zones of a balancer's subnets; those of subnets that are not there are told by their place. */
export function availabilityZones({ subnets }: LoadBalancer, world: World): AvailabilityZone[] {
  return subnets.map((SubnetId, index) => ({
    ZoneName:
      world.services.ec2.subnet(SubnetId)?.availabilityZone ??
      `${world.identity.region}${'abcdef'[index] ?? 'a'}`,
    SubnetId,
    LoadBalancerAddresses: [],
  }));
}

function vpcOf({ subnets }: LoadBalancer, world: World): { VpcId?: string } {
  const [first] = subnets;
  const VpcId = first === undefined ? undefined : world.services.ec2.vpcOfSubnet(first);
  return VpcId === undefined ? {} : { VpcId };
}

export function describeListener(listener: Listener): ListenerShape {
  return {
    ListenerArn: listener.arn,
    LoadBalancerArn: listener.loadBalancer.arn,
    Port: listener.port,
    ...describeTls(listener.tls),
    DefaultActions: [describeAction(listener.defaultAction)],
  };
}

function describeTls(tls: ListenerTls | undefined): Partial<ListenerShape> {
  if (!tls) return { Protocol: 'HTTP' };
  return {
    Protocol: 'HTTPS',
    Certificates: [{ CertificateArn: tls.certificateArn }],
    SslPolicy: tls.policy,
    MutualAuthentication: { Mode: 'off' },
  };
}

export function describeRule(rule: Rule): RuleShape {
  return {
    RuleArn: rule.arn,
    Priority: String(rule.priority),
    Conditions: [...rule.conditions],
    Actions: [describeAction(rule.action)],
    IsDefault: false,
  };
}

export function describeDefaultRule(listener: Listener): RuleShape {
  return {
    RuleArn: listener.defaultRuleArn,
    Priority: 'default',
    Conditions: [],
    Actions: [describeAction(listener.defaultAction)],
    IsDefault: true,
  };
}

export function describeTargetGroup(group: TargetGroup): TargetGroupShape {
  const check = group.healthCheck;
  return {
    TargetGroupArn: group.arn,
    TargetGroupName: group.name,
    Protocol: 'HTTP',
    Port: group.port,
    ...(group.vpcId !== undefined && { VpcId: group.vpcId }),
    HealthCheckProtocol: 'HTTP',
    HealthCheckPort: check.port,
    HealthCheckEnabled: true,
    HealthCheckIntervalSeconds: check.intervalSeconds,
    HealthCheckTimeoutSeconds: check.timeoutSeconds,
    HealthyThresholdCount: check.healthyThreshold,
    UnhealthyThresholdCount: check.unhealthyThreshold,
    HealthCheckPath: check.path,
    Matcher:
      group.protocolVersion === 'GRPC' ? { GrpcCode: check.matcher } : { HttpCode: check.matcher },
    LoadBalancerArns: group.loadBalancerArn === undefined ? [] : [group.loadBalancerArn],
    TargetType: group.targetType,
    ProtocolVersion: group.protocolVersion,
    IpAddressType: group.ipAddressType as 'ipv4',
  };
}
