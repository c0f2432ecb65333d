import type {
  InspectedForwarding,
  InspectedTargetGroup,
} from '../../../functions/core/ports/balancer-inspection.ts';
import type { HookFunction } from '../../../functions/core/ports/hook-functions.ts';
import type { SecurityGroupRule } from '../../../functions/core/ports/network.ts';
import { blueGroup, greenGroup } from '../fakes/fake-load-balancing.ts';

export const balancerArn = 'arn:balancer';
export const listenerArns = { production: 'arn:listener/production', test: 'arn:listener/test' };
export const hookNamePrefix = 'CodeDeployHook_Greengate_';

/** A rule for TCP on one port; see SecurityGroupRule. */
export function tcpRule(port: number, changes: Partial<SecurityGroupRule> = {}): SecurityGroupRule {
  return {
    protocol: 'tcp',
    fromPort: port,
    toPort: port,
    blocks: [],
    securityGroupIds: [],
    prefixListIds: [],
    ...changes,
  };
}

export const everythingOut: SecurityGroupRule = {
  protocol: '-1',
  fromPort: 0,
  toPort: 65_535,
  blocks: ['0.0.0.0/0'],
  securityGroupIds: [],
  prefixListIds: [],
};

export function targetGroup(
  { arn, name }: { readonly arn: string; readonly name: string },
  changes: Partial<InspectedTargetGroup> = {},
): InspectedTargetGroup {
  return {
    arn,
    name,
    protocol: 'HTTP',
    protocolVersion: 'HTTP1',
    port: 8080,
    vpcId: 'vpc-1',
    targetType: 'ip',
    loadBalancerArns: [balancerArn],
    healthCheck: {
      protocol: 'HTTP',
      port: 'traffic-port',
      path: '/health',
      matcher: '200',
      intervalSeconds: 10,
      timeoutSeconds: 5,
      healthyThreshold: 2,
      unhealthyThreshold: 2,
    },
    ...changes,
  };
}

/** Weights of blue and green. */
export function forwarding(
  arn: string,
  blue: number,
  green: number,
  stickinessSeconds = 0,
): InspectedForwarding {
  return { arn, weights: { [blueGroup.arn]: blue, [greenGroup.arn]: green }, stickinessSeconds };
}

export function hook(name: string): HookFunction {
  return {
    name,
    arn: `arn:function:${name}`,
    state: 'Active',
    stateReason: undefined,
    vpc: { vpcId: 'vpc-1', subnetIds: ['subnet-hooks'], securityGroupIds: ['sg-hooks'] },
  };
}
