export interface Ec2Service {
  /** Undefined for a subnet that is not there. */
  subnet(
    subnetId: string,
  ): { readonly cidrBlock: string; readonly availabilityZone: string } | undefined;
  /** Undefined for a subnet that is not there. */
  vpcOfSubnet(subnetId: string): string | undefined;
  /** The zone of the VPC's subnet that an address is in; undefined for one outside. */
  zoneOfAddress(vpcId: string, address: string): string | undefined;
  /** Address of a load balancer's interface in one of its subnets. */
  balancerAddress(balancerFullName: string, subnetId: string): string;
  /** Undefined for a group that is not there. */
  vpcOfSecurityGroup(groupId: string): string | undefined;
  /** Id of the group named `default` that a VPC was born with. */
  defaultSecurityGroup(vpcId: string): string | undefined;
}

export interface SocketAddress {
  readonly host: string;
  readonly port: number;
}

/** A certificate with its key, as a listener shows it. */
export interface ServerCertificate {
  readonly arn: string;
  /** Lower case; the subject alternative names. */
  readonly domainNames: readonly string[];
  readonly certificatePem: string;
  readonly chainPem: string;
  readonly privateKeyPem: string;
  /** Requested, but its names are not validated yet. */
  readonly pending?: boolean;
}

export interface AcmService {
  certificate(certificateArn: string): ServerCertificate | undefined;
}

export interface TargetWeight {
  readonly targetGroupArn: string;
  readonly weight: number;
}

export interface TargetHealth {
  /** The task's simulated private address, or the id of the EC2 instance that it runs on. */
  readonly targetId: string;
  readonly port: number;
  readonly state: 'initial' | 'healthy' | 'unhealthy' | 'unused' | 'draining';
  readonly reason?: string;
  readonly description?: string;
}

export interface ForwardingView {
  readonly arn: string;
  readonly listenerArn: string;
  /** Default action or the rule's forward action; empty for redirects and fixed responses. */
  readonly weights: readonly TargetWeight[];
}

export interface Elbv2Service {
  targetGroupArn(name: string): string | undefined;
  targetGroupName(arn: string): string;
  /** What ids of the group's targets are. */
  targetType(arn: string): 'ip' | 'instance';
  /** Of the load balancer whose listeners or rules name the group; undefined while none does. */
  loadBalancerOfTargetGroup(arn: string): string | undefined;
  /** `id` is an address or an instance as the group's type has it; `address` is where the task really listens on this machine. */
  registerTarget(
    targetGroupArn: string,
    target: { id: string; port: number; address: SocketAddress },
  ): void;
  /** Starts draining; the target disappears after the deregistration delay. */
  deregisterTarget(targetGroupArn: string, target: { id: string; port: number }): void;
  targetHealth(targetGroupArn: string): readonly TargetHealth[];
  /** Called on every change of a target's health in this group; returns the unsubscriber. */
  onTargetHealth(targetGroupArn: string, changed: () => void): () => void;
  /** The listener's default action and every rule of it, each with its weights. */
  forwardings(listenerArn: string): readonly ForwardingView[];
  /** ARNs of the load balancers whose listeners show a certificate. */
  certificateUsers(certificateArn: string): readonly string[];
  /** Rewrites one forward action (a listener's default action or a rule), as CodeDeploy does. */
  setWeights(listenerOrRuleArn: string, weights: readonly TargetWeight[]): void;
}
