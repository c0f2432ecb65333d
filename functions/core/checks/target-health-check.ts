import type { TargetGroup, TargetState } from '../ports/load-balancing.ts';
import type { CheckResult } from './check-result.ts';

/**
 * Target health that may still change for the better by waiting: registration, first health checks, and
 * `unused` in the moment after the group was attached to the listener (aws-facts 4.2, 4.3).
 */
export function targetHealthIsSettling(
  targets: readonly TargetState[],
  expectedCount: number,
): boolean {
  const current = registered(targets);
  return (
    !current.some((target) => target.state === 'unhealthy') &&
    (current.length < expectedCount ||
      current.some((target) => ['initial', 'unused'].includes(target.state)))
  );
}

/**
 * Judges the health of a target group. An empty group is never healthy (aws-facts 4.1), and a probe alone
 * cannot tell: a balancer whose targets are all unhealthy routes to them anyway (aws-facts 4.2).
 */
export function judgeTargetHealth(
  name: string,
  group: TargetGroup,
  targets: readonly TargetState[],
  expectedCount: number,
): CheckResult {
  const current = registered(targets);
  const healthy = current.filter((target) => target.state === 'healthy').length;
  const wanted = Math.max(expectedCount, 1);
  const expected = `at least ${wanted} targets in ${group.name}, all of them healthy`;
  const observed =
    current.length === 0
      ? 'no registered target'
      : `${healthy} healthy of ${current.length}${describeOthers(current)}`;
  return {
    name,
    type: 'target-health',
    verdict: healthy >= wanted && healthy === current.length ? 'pass' : 'fail',
    sentence: `${name}: expected ${expected}, got ${observed}`,
    expected,
    observed,
    samples: current.length,
    evidence: targets.map((target) => ({
      kind: 'state',
      subject: target.target,
      state: describe(target),
    })),
  };
}

/**
 * Targets on their way out belong to an earlier deployment: after a rollback the next one gets the same group
 * while those still drain for minutes, the ones that had failed as `unhealthy.draining` (aws-facts 4.2).
 */
function registered(targets: readonly TargetState[]): TargetState[] {
  return targets.filter(({ state }) => !['draining', 'unhealthy.draining'].includes(state));
}

function describe(target: TargetState): string {
  return target.reason === undefined ? target.state : `${target.state} (${target.reason})`;
}

function describeOthers(targets: readonly TargetState[]): string {
  const first = targets.find((target) => target.state !== 'healthy');
  return first === undefined ? '' : `, ${first.target} is ${describe(first)}`;
}
