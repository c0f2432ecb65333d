import {
  type Action,
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { ResourceNotFoundError, UnsupportedError } from '../core/errors.ts';
import type { Forwarding, Listener, LoadBalancing } from '../core/ports/load-balancing.ts';
import type { ProductionListeners } from '../core/ports/production-listeners.ts';
import { callAws } from './aws-errors.ts';
import { clientSettings, spareClientSettings } from './client-settings.ts';
import { once } from './once.ts';

export const elbv2Client = once(() => new ElasticLoadBalancingV2Client(clientSettings));

/** For what can be done without where the API throttles. */
export const elbv2SpareClient = once(() => new ElasticLoadBalancingV2Client(spareClientSettings));

/** ELBv2, read only. */
export function elbv2LoadBalancing(
  client: ElasticLoadBalancingV2Client,
  signal?: AbortSignal,
): LoadBalancing {
  const options = signal === undefined ? {} : { abortSignal: signal };

  async function forwardings(listenerArn: string): Promise<Forwarding[]> {
    const found: Forwarding[] = [];
    let marker: string | undefined;
    do {
      const page = await callAws(
        { action: 'elasticloadbalancing:DescribeRules', resource: listenerArn },
        () =>
          client.send(
            new DescribeRulesCommand({
              ListenerArn: listenerArn,
              ...(marker === undefined ? {} : { Marker: marker }),
            }),
            options,
          ),
      );
      for (const { IsDefault, RuleArn = '', Actions = [] } of page.Rules ?? []) {
        // The default rule is the listener's default action, and so it is named.
        const arn = IsDefault === true ? listenerArn : RuleArn;
        found.push({ arn, weights: forwardWeights(Actions) });
      }
      marker = page.NextMarker;
    } while (marker !== undefined);
    return found.filter(({ weights }) => Object.keys(weights).length > 0);
  }

  return {
    async listener(listenerArn) {
      const { Listeners } = await callAws(
        { action: 'elasticloadbalancing:DescribeListeners', resource: listenerArn },
        () => client.send(new DescribeListenersCommand({ ListenerArns: [listenerArn] }), options),
      );
      const listener = Listeners?.[0];
      const loadBalancerArn = listener?.LoadBalancerArn;
      if (listener?.Port === undefined || loadBalancerArn === undefined) {
        throw new ResourceNotFoundError(`ELBv2 has no listener ${listenerArn}`);
      }
      const { LoadBalancers } = await callAws(
        { action: 'elasticloadbalancing:DescribeLoadBalancers', resource: loadBalancerArn },
        () =>
          client.send(
            new DescribeLoadBalancersCommand({ LoadBalancerArns: [loadBalancerArn] }),
            options,
          ),
      );
      const host = LoadBalancers?.[0]?.DNSName;
      if (host === undefined) {
        throw new ResourceNotFoundError(`ELBv2 has no load balancer ${loadBalancerArn}`);
      }
      return {
        listenerArn,
        protocol: httpProtocol(listenerArn, listener.Protocol),
        port: listener.Port,
        host,
        forwardings: await forwardings(listenerArn),
      };
    },

    forwardings,

    async targetGroups(names) {
      if (names.length === 0) return [];
      const { TargetGroups = [] } = await callAws(
        { action: 'elasticloadbalancing:DescribeTargetGroups', resource: names.join(', ') },
        () => client.send(new DescribeTargetGroupsCommand({ Names: [...names] }), options),
      );
      return TargetGroups.flatMap(({ TargetGroupArn: arn, TargetGroupName: name }) =>
        arn === undefined || name === undefined ? [] : [{ arn, name }],
      );
    },

    async targetHealth(targetGroupArn) {
      const { TargetHealthDescriptions = [] } = await callAws(
        { action: 'elasticloadbalancing:DescribeTargetHealth', resource: targetGroupArn },
        () =>
          client.send(new DescribeTargetHealthCommand({ TargetGroupArn: targetGroupArn }), options),
      );
      return TargetHealthDescriptions.map(({ Target, TargetHealth }) => ({
        target: `${Target?.Id}:${Target?.Port}`,
        state: TargetHealth?.State ?? 'unknown',
        reason: TargetHealth?.Reason,
      }));
    },
  };
}

/** Listeners by the target group that they forward to; those of other protocols than HTTP are left out. */
export function elbv2ProductionListeners(
  client: ElasticLoadBalancingV2Client,
  signal?: AbortSignal,
): ProductionListeners {
  const options = signal === undefined ? {} : { abortSignal: signal };
  const balancing = elbv2LoadBalancing(client, signal);
  const listenersOf = async (loadBalancerArn: string): Promise<string[]> => {
    const arns: string[] = [];
    let marker: string | undefined;
    do {
      const page = await callAws(
        { action: 'elasticloadbalancing:DescribeListeners', resource: loadBalancerArn },
        () =>
          client.send(
            new DescribeListenersCommand({
              LoadBalancerArn: loadBalancerArn,
              ...(marker === undefined ? {} : { Marker: marker }),
            }),
            options,
          ),
      );
      const spoken = (page.Listeners ?? []).filter(({ Protocol }) =>
        /^HTTPS?$/.test(Protocol ?? ''),
      );
      arns.push(...spoken.flatMap(({ ListenerArn }) => ListenerArn ?? []));
      marker = page.NextMarker;
    } while (marker !== undefined);
    return arns;
  };
  return {
    async forwardingTo(targetGroupArn) {
      const { TargetGroups = [] } = await callAws(
        { action: 'elasticloadbalancing:DescribeTargetGroups', resource: targetGroupArn },
        () =>
          client.send(
            new DescribeTargetGroupsCommand({ TargetGroupArns: [targetGroupArn] }),
            options,
          ),
      );
      const balancers = TargetGroups[0]?.LoadBalancerArns ?? [];
      const arns = (await Promise.all(balancers.map(listenersOf))).flat();
      const listeners = await Promise.all(arns.map((arn) => balancing.listener(arn)));
      return listeners.filter(({ forwardings }) =>
        forwardings.some(({ weights }) => (weights[targetGroupArn] ?? 0) > 0),
      );
    },
  };
}

/** Weights of the forward action; the short form with one group counts as all (aws-facts 4.1). */
export function forwardWeights(actions: readonly Action[]): Record<string, number> {
  const forward = actions.find((action) => action.Type === 'forward');
  const groups = forward?.ForwardConfig?.TargetGroups ?? [];
  if (groups.length > 0) {
    // ELBv2 leaves the weight out where there is nothing to share.
    return Object.fromEntries(
      groups.map(({ TargetGroupArn, Weight }) => [TargetGroupArn ?? '', Weight ?? 1]),
    );
  }
  return forward?.TargetGroupArn === undefined ? {} : { [forward.TargetGroupArn]: 1 };
}

function httpProtocol(listenerArn: string, protocol: string | undefined): Listener['protocol'] {
  if (protocol === 'HTTP' || protocol === 'HTTPS') return protocol;
  throw new UnsupportedError(
    `Listener ${listenerArn} speaks ${protocol}, Greengate can probe HTTP and HTTPS only`,
  );
}
