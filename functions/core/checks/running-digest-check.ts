import type { Task } from '../ports/ecs-services.ts';
import type { CheckResult } from './check-result.ts';
import { digestEvidence, seenDigests } from './seen-digests.ts';

export interface RunningDigestExpectation {
  readonly name: string;
  readonly container: string;
  /** Any of these: a task shows the digest of the index or of its platform's manifest. */
  readonly digests: readonly string[];
  readonly expectedTasks: number;
}

/**
 * Judges what really runs against the digests of the release. Another digest fails; a task that does not show
 * one yet, or fewer tasks than expected, is no evidence.
 */
export function judgeRunningDigest(
  tasks: readonly Task[],
  expectation: RunningDigestExpectation,
): CheckResult {
  const { name, container, digests, expectedTasks } = expectation;
  const seen = seenDigests(tasks, container);
  const foreign = seen.filter(({ digest }) => digest !== undefined && !digests.includes(digest));
  const right = seen.filter(({ digest }) => digests.some((one) => one === digest));
  const complete = right.length === seen.length && right.length >= Math.max(expectedTasks, 1);
  const expected = `container ${container} of ${Math.max(expectedTasks, 1)} tasks to run ${digests.join(' or ')}`;
  const observed =
    foreign[0] === undefined
      ? `${right.length} of ${seen.length} running tasks with that digest`
      : `${foreign[0].digest} in ${foreign.length} of ${seen.length} running tasks`;
  return {
    name,
    type: 'running-digest',
    verdict: foreign.length > 0 ? 'fail' : complete ? 'pass' : 'inconclusive',
    sentence: `${name}: expected ${expected}, got ${observed}`,
    expected,
    observed,
    samples: seen.length,
    evidence: digestEvidence(seen),
  };
}
