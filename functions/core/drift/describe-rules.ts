import type { ListenerRule } from '../ports/listener-rules.ts';
import type { TargetGroup } from '../ports/load-balancing.ts';

/**
 * What each rule does, without what every deployment changes: CodeDeploy moves forwardings from one group of the pair
 * to the other and leaves the rest of a rule alone (aws-facts 4.3), so either group counts as the pair.
 */
export function describeRules(
  rules: readonly ListenerRule[],
  pair: readonly Pick<TargetGroup, 'arn'>[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(rules.map((rule) => [rule.arn, describe(rule, pair)]));
}

function describe(
  { priority, conditions, actions }: ListenerRule,
  pair: readonly Pick<TargetGroup, 'arn'>[],
): string {
  const does = actions.map(({ type, weights, settings }) => {
    const arns = Object.keys(weights);
    const ours = arns.some((arn) => pair.some((group) => group.arn === arn));
    const others = arns.filter((arn) => !pair.some((group) => group.arn === arn));
    const to = [...(ours ? ['the pair'] : []), ...others.toSorted()].join(', ');
    return [type, to, settings].filter((part) => part !== '' && part !== '{}').join(' ');
  });
  return `priority ${priority}, if ${conditions}, ${does.join(', then ')}`;
}

/** Differences in words, by rule; empty when both say the same. */
export function compareRules(
  left: Readonly<Record<string, string>>,
  now: Readonly<Record<string, string>>,
): { readonly expected: string; readonly observed: string }[] {
  return [...new Set([...Object.keys(left), ...Object.keys(now)])]
    .toSorted()
    .filter((arn) => left[arn] !== now[arn])
    .map((arn) => ({
      expected: `${arn}: ${left[arn] ?? 'no such rule'}`,
      observed: `${arn}: ${now[arn] ?? 'no such rule'}`,
    }));
}
