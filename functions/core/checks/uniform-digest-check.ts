import type { Task } from '../ports/ecs-services.ts';
import type { CheckResult } from './check-result.ts';
import { digestEvidence, seenDigests } from './seen-digests.ts';

export interface UniformDigestExpectation {
  readonly name: string;
  readonly container: string;
  /** Image reference of the task definition, which does not tell the digest. */
  readonly image: string;
  readonly expectedTasks: number;
}

/**
 * Judges a deployment that somebody else started with an image by tag or of another registry: which digest is
 * right nobody knows, but every task must run the same one. ECS resolves a tag once for a task set (aws-facts
 * 2.5), so two digests mean that this was switched off and the tag moved meanwhile.
 */
export function judgeUniformDigest(
  tasks: readonly Task[],
  { name, container, image, expectedTasks }: UniformDigestExpectation,
): CheckResult {
  const seen = seenDigests(tasks, container);
  const shown = seen.flatMap(({ digest }) => digest ?? []);
  const distinct = [...new Set(shown)];
  const wanted = Math.max(expectedTasks, 1);
  const complete = shown.length === seen.length && shown.length >= wanted;
  const expected = `container ${container} of ${wanted} tasks to run one and the same digest of ${image}`;
  const observed =
    distinct.length > 1
      ? `${distinct.join(' and ')} in ${seen.length} running tasks`
      : `${distinct[0] ?? 'no digest'} in ${shown.length} of ${seen.length} running tasks`;
  return {
    name,
    type: 'running-digest',
    verdict: distinct.length > 1 ? 'fail' : complete ? 'pass' : 'inconclusive',
    sentence: `${name}: expected ${expected}, got ${observed}`,
    expected,
    observed,
    samples: seen.length,
    evidence: digestEvidence(seen),
  };
}
