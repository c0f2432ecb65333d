import {
  type Action,
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  type ElasticLoadBalancingV2Client,
  paginateDescribeRules,
  type TargetGroup,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type {
  BalancerInspection,
  InspectedForwarding,
  InspectedTargetGroup,
} from '../core/ports/balancer-inspection.ts';
import { awsErrorName, callAws } from './aws-errors.ts';
import { forwardWeights } from './elbv2.ts';

/** ELBv2's own default (aws-facts 4.2). */
const defaultDelaySeconds = 300;

/** ELBv2 as its settings. */
export function elbv2Inspection(
  client: ElasticLoadBalancingV2Client,
  signal?: AbortSignal,
): BalancerInspection {
  const options = signal === undefined ? {} : { abortSignal: signal };
  return {
    async listeners(listenerArns) {
      const { Listeners = [] } = await unlessGone('ListenerNotFoundException', () =>
        callAws(
          {
            action: 'elasticloadbalancing:DescribeListeners',
            resource: listenerArns.join(', '),
          },
          () =>
            client.send(new DescribeListenersCommand({ ListenerArns: [...listenerArns] }), options),
        ),
      );
      return listenerArns.flatMap((arn) => {
        const found = Listeners.find((listener) => listener.ListenerArn === arn);
        return found === undefined
          ? []
          : [{ arn, loadBalancerArn: found.LoadBalancerArn ?? '', port: found.Port ?? 0 }];
      });
    },

    async forwardings(listenerArn) {
      const attempt = { action: 'elasticloadbalancing:DescribeRules', resource: listenerArn };
      return callAws(attempt, async () => {
        const found: InspectedForwarding[] = [];
        const request = { ListenerArn: listenerArn };
        for await (const page of paginateDescribeRules({ client }, request, options)) {
          // The default rule is the listener's default action, and so it is named.
          for (const { IsDefault, RuleArn = '', Actions = [] } of page.Rules ?? []) {
            found.push(forwardingOf(IsDefault === true ? listenerArn : RuleArn, Actions));
          }
        }
        return found.filter(({ weights }) => Object.keys(weights).length > 0);
      });
    },

    async loadBalancer(loadBalancerArn) {
      const { LoadBalancers } = await unlessGone('LoadBalancerNotFoundException', () =>
        callAws(
          { action: 'elasticloadbalancing:DescribeLoadBalancers', resource: loadBalancerArn },
          () =>
            client.send(
              new DescribeLoadBalancersCommand({ LoadBalancerArns: [loadBalancerArn] }),
              options,
            ),
        ),
      );
      const found = LoadBalancers?.[0];
      return (
        found && {
          arn: loadBalancerArn,
          type: found.Type ?? 'application',
          scheme: found.Scheme ?? 'internet-facing',
          vpcId: found.VpcId ?? '',
          subnetIds: (found.AvailabilityZones ?? []).flatMap(({ SubnetId }) => SubnetId ?? []),
          securityGroupIds: found.SecurityGroups ?? [],
        }
      );
    },

    async targetGroups(names) {
      if (names.length === 0) return [];
      const { TargetGroups = [] } = await unlessGone('TargetGroupNotFoundException', () =>
        callAws(
          { action: 'elasticloadbalancing:DescribeTargetGroups', resource: names.join(', ') },
          () => client.send(new DescribeTargetGroupsCommand({ Names: [...names] }), options),
        ),
      );
      return TargetGroups.map(toTargetGroup);
    },

    async deregistrationDelaySeconds(targetGroupArn) {
      const { Attributes = [] } = await callAws(
        {
          action: 'elasticloadbalancing:DescribeTargetGroupAttributes',
          resource: targetGroupArn,
        },
        () =>
          client.send(
            new DescribeTargetGroupAttributesCommand({ TargetGroupArn: targetGroupArn }),
            options,
          ),
      );
      const delay = Attributes.find(({ Key }) => Key === 'deregistration_delay.timeout_seconds');
      return Number(delay?.Value ?? defaultDelaySeconds);
    },
  };
}

/** ELBv2 refuses the whole list when one of it is not there; which one shows in what is missing. */
async function unlessGone<T>(name: string, call: () => Promise<T>): Promise<Partial<T>> {
  try {
    return await call();
  } catch (error) {
    if (awsErrorName(error) === name) return {};
    throw error;
  }
}

function forwardingOf(arn: string, actions: readonly Action[]): InspectedForwarding {
  const forward = actions.find(({ Type }) => Type === 'forward');
  const stickiness = forward?.ForwardConfig?.TargetGroupStickinessConfig;
  return {
    arn,
    weights: forwardWeights(actions),
    stickinessSeconds: stickiness?.Enabled === true ? (stickiness.DurationSeconds ?? 0) : 0,
  };
}

function toTargetGroup(group: TargetGroup): InspectedTargetGroup {
  return {
    arn: group.TargetGroupArn ?? '',
    name: group.TargetGroupName ?? '',
    protocol: group.Protocol ?? '',
    protocolVersion: group.ProtocolVersion ?? '',
    port: group.Port ?? 0,
    vpcId: group.VpcId ?? '',
    targetType: group.TargetType ?? 'instance',
    loadBalancerArns: group.LoadBalancerArns ?? [],
    healthCheck: {
      protocol: group.HealthCheckProtocol ?? '',
      port: group.HealthCheckPort ?? 'traffic-port',
      path: group.HealthCheckPath,
      matcher: group.Matcher?.HttpCode ?? group.Matcher?.GrpcCode,
      // Defaults of ELBv2 (aws-facts 4.2).
      intervalSeconds: group.HealthCheckIntervalSeconds ?? 30,
      timeoutSeconds: group.HealthCheckTimeoutSeconds ?? 5,
      healthyThreshold: group.HealthyThresholdCount ?? 5,
      unhealthyThreshold: group.UnhealthyThresholdCount ?? 2,
    },
  };
}
