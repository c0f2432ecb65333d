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
      const found = await thoseThatExist(
        listenerArns,
        'ListenerNotFoundException',
        'elasticloadbalancing:DescribeListeners',
        async (arns) => {
          const request = new DescribeListenersCommand({ ListenerArns: [...arns] });
          return (await client.send(request, options)).Listeners ?? [];
        },
      );
      return listenerArns.flatMap((arn) => {
        const listener = found.find(({ ListenerArn }) => ListenerArn === arn);
        return listener === undefined
          ? []
          : [
              {
                arn,
                loadBalancerArn: listener.LoadBalancerArn ?? '',
                protocol: listener.Protocol ?? '',
                port: listener.Port ?? 0,
              },
            ];
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
      const [found] = await thoseThatExist(
        [loadBalancerArn],
        'LoadBalancerNotFoundException',
        'elasticloadbalancing:DescribeLoadBalancers',
        async (arns) => {
          const request = new DescribeLoadBalancersCommand({ LoadBalancerArns: [...arns] });
          return (await client.send(request, options)).LoadBalancers ?? [];
        },
      );
      return (
        found && {
          arn: loadBalancerArn,
          host: found.DNSName ?? '',
          type: found.Type ?? 'application',
          scheme: found.Scheme ?? 'internet-facing',
          vpcId: found.VpcId ?? '',
          subnetIds: (found.AvailabilityZones ?? []).flatMap(({ SubnetId }) => SubnetId ?? []),
          securityGroupIds: found.SecurityGroups ?? [],
        }
      );
    },

    async targetGroups(names) {
      const found = await thoseThatExist(
        names,
        'TargetGroupNotFoundException',
        'elasticloadbalancing:DescribeTargetGroups',
        async (some) => {
          const request = new DescribeTargetGroupsCommand({ Names: [...some] });
          return (await client.send(request, options)).TargetGroups ?? [];
        },
      );
      return found.map(toTargetGroup);
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

/** ELBv2 refuses the whole list when one of it is not there, without saying which: then each is asked for alone. */
async function thoseThatExist<T>(
  names: readonly string[],
  notFound: string,
  action: string,
  describe: (names: readonly string[]) => Promise<T[]>,
): Promise<T[]> {
  if (names.length === 0) return [];
  try {
    return await callAws({ action, resource: names.join(', ') }, () => describe(names));
  } catch (error) {
    if (awsErrorName(error) !== notFound) throw error;
    if (names.length === 1) return [];
    const found = await Promise.all(
      names.map((name) => thoseThatExist([name], notFound, action, describe)),
    );
    return found.flat();
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
