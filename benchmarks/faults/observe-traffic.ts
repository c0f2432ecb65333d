import {
  type Action,
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Arena } from './arena.ts';
import type { ObservedForwarding } from './reality.ts';

/** Every rule and default action of every listener that forwards. */
export async function observeForwardings({ aws }: Arena): Promise<ObservedForwarding[]> {
  const { LoadBalancers = [] } = await aws.elbv2.send(new DescribeLoadBalancersCommand({}));
  const listeners = await Promise.all(
    LoadBalancers.map(({ LoadBalancerArn }) =>
      aws.elbv2.send(new DescribeListenersCommand({ LoadBalancerArn })),
    ),
  );
  const forwardings = await Promise.all(
    listeners
      .flatMap(({ Listeners = [] }) => Listeners)
      .map(async ({ ListenerArn, Port = 0 }) => {
        const { Rules = [] } = await aws.elbv2.send(new DescribeRulesCommand({ ListenerArn }));
        return Rules.flatMap(({ Actions = [] }) => Actions).flatMap((action) =>
          weightsOf(action).map((weights) => ({ port: Port, weights })),
        );
      }),
  );
  return forwardings.flat();
}

function weightsOf({ Type, ForwardConfig, TargetGroupArn }: Action) {
  if (Type !== 'forward') return [];
  const groups = ForwardConfig?.TargetGroups ?? [{ TargetGroupArn, Weight: 1 }];
  return [
    groups.map((group) => ({
      targetGroupArn: group.TargetGroupArn ?? '',
      weight: group.Weight ?? 1,
    })),
  ];
}
