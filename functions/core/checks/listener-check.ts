import { targetGroupName } from '../balancing/target-group-name.ts';
import type { Listener, TargetGroup } from '../ports/load-balancing.ts';
import type { CheckResult } from './check-result.ts';

export interface ListenerExpectation {
  /** `test listener` or `production listener`. */
  readonly name: string;
  /** The group that must get everything. */
  readonly group: TargetGroup;
  /** Both groups of the pair; forwardings that name neither belong to others and stay alone. */
  readonly pair: readonly TargetGroup[];
}

/**
 * Judges whether a listener forwards only to one group of the pair. CodeDeploy rewrites every rule of the
 * listener that forwards to the live group, and the idle group stays attached at weight 0 (aws-facts 4.3).
 */
export function judgeListener(
  listener: Pick<Listener, 'forwardings'>,
  expectation: ListenerExpectation,
): CheckResult {
  const { name, group, pair } = expectation;
  const ours = listener.forwardings.filter(({ weights }) =>
    Object.keys(weights).some((arn) => isOf(pair, arn)),
  );
  const others = (weights: Readonly<Record<string, number>>) =>
    Object.entries(weights).some(([arn, weight]) => arn !== group.arn && weight > 0);
  const wrong = ours.filter(({ weights }) => (weights[group.arn] ?? 0) === 0 || others(weights));
  const seen = (wrong.length > 0 ? wrong : ours).map(({ weights }) => describe(weights, pair));
  const expected = `to forward to ${group.name} only`;
  const observed = seen[0] ?? 'no forwarding to either target group of the pair';
  return {
    name,
    type: 'listener',
    verdict: ours.length > 0 && wrong.length === 0 ? 'pass' : 'fail',
    sentence: `${name}: expected ${expected}, got ${observed}`,
    expected,
    observed,
    samples: ours.length,
    evidence: ours.map((forwarding) => ({
      kind: 'state',
      subject: forwarding.arn,
      state: describe(forwarding.weights, pair),
    })),
  };
}

/** By name too: a group that was made anew has another ARN, and whoever forwards to it forwards to no other's. */
function isOf(pair: readonly TargetGroup[], arn: string): boolean {
  const name = targetGroupName(arn);
  return pair.some((member) => member.arn === arn || member.name === name);
}

function describe(weights: Readonly<Record<string, number>>, pair: readonly TargetGroup[]): string {
  return Object.entries(weights)
    .map(([arn, weight]) => `${pair.find((group) => group.arn === arn)?.name ?? arn} ${weight}`)
    .join(', ');
}
