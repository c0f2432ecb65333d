import type { CheckResult } from '../checks/check-result.ts';
import { MemberReader } from '../events/member-reader.ts';
import type { ExecutionIdentity, Release } from '../release.ts';
import type { CombinedVerdict } from '../verdict/combine-checks.ts';
import { readExecution, readRelease } from '../workflow/step-input.ts';
import type { AnswersByRelease } from './count-answers.ts';
import type { RolloutPhase } from './rollout-checks.ts';

/** What the checks of one phase found last. */
export interface PhaseReport extends CombinedVerdict {
  readonly phase: RolloutPhase;
  readonly checks: readonly CheckResult[];
  /** ISO 8601. */
  readonly endedAt: string;
}

/**
 * Kept as `deployments/<id>/rollout.json` while a rollout is watched, for the next invocation and for whoever finds the
 * rollout without its execution. Losing it loses history only (design D2).
 */
export interface RolloutProgress {
  readonly release: Release;
  readonly taskDefinitionArn: string;
  readonly execution: ExecutionIdentity;
  /** `startedBy` of the release's tasks; missing until ECS shows their deployment. */
  readonly ecsDeploymentId?: string;
  readonly phases: readonly PhaseReport[];
  /** Probes answered by production before and since the rollout began. */
  readonly answers: { readonly before: AnswersByRelease; readonly since: AnswersByRelease };
}

/** Parses what is needed to go on; InvalidEventError names all problems. Evidence is trusted: only we write it. */
export function parseRolloutProgress(document: unknown): RolloutProgress {
  const reader = MemberReader.of(document);
  const ecsDeploymentId = reader.optionalText('ecsDeploymentId');
  const parsed = {
    release: readRelease(reader.members('release')),
    taskDefinitionArn: reader.text('taskDefinitionArn'),
    execution: readExecution(reader.members('execution')),
    ...(ecsDeploymentId === undefined ? {} : { ecsDeploymentId }),
  };
  reader.finish('the progress of a rollout');
  const { phases, answers } = document as RolloutProgress;
  return { ...parsed, phases: phases ?? [], answers: answers ?? { before: {}, since: {} } };
}
