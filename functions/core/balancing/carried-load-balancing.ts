import type { LoadBalancing, TargetGroup } from '../ports/load-balancing.ts';
import type { BalancerFacts } from './balancer-facts.ts';
import { targetGroupName } from './target-group-name.ts';

/**
 * Load balancing with what is known already: addresses of listeners and ARNs of target groups are taken from `facts`,
 * weights and health are always asked for. What the facts lack, or what `seen` contradicts, is asked for too.
 */
export function carriedLoadBalancing(
  asked: LoadBalancing,
  facts: BalancerFacts | undefined,
): LoadBalancing {
  if (facts === undefined) return asked;
  return {
    async listener(listenerArn) {
      const address = Object.hasOwn(facts.listeners, listenerArn)
        ? facts.listeners[listenerArn]
        : undefined;
      if (address === undefined) return asked.listener(listenerArn);
      return { listenerArn, ...address, forwardings: await asked.forwardings(listenerArn) };
    },
    forwardings: (listenerArn) => asked.forwardings(listenerArn),
    targetGroups: carriedTargetGroups(asked, facts),
    targetHealth: (targetGroupArn) => asked.targetHealth(targetGroupArn),
  };
}

/** The target groups alone. */
export function carriedTargetGroups(
  asked: Pick<LoadBalancing, 'targetGroups'>,
  facts: BalancerFacts | undefined,
): LoadBalancing['targetGroups'] {
  return async (names, seen = []) => {
    const known = names.flatMap(
      (name) => facts?.targetGroups.find((group) => group.name === name) ?? [],
    );
    const current = known.length === names.length && !isContradicted(known, seen);
    return current ? known : asked.targetGroups(names);
  };
}

/** A group of a known name and another id has been made anew since. */
function isContradicted(known: readonly TargetGroup[], seen: readonly string[]): boolean {
  return seen.some((arn) => {
    const name = targetGroupName(arn);
    return known.some((group) => group.name === name && group.arn !== arn);
  });
}
