import type { CheckResult } from '../checks/check-result.ts';
import { memberAt } from '../config/loose-value.ts';
import { InvalidEventError } from '../errors.ts';
import { MemberReader } from '../events/member-reader.ts';
import { taskDefinitionArnRule } from '../events/text-rules.ts';
import type { ExecutionIdentity, Release } from '../release.ts';
import type { CombinedVerdict } from '../verdict/combine-checks.ts';
import { readExecution, readRelease } from '../workflow/step-input.ts';
import type { AnswersByRelease } from './count-answers.ts';
import { areAnswers, arePhaseReports } from './parse-phases.ts';
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

/**
 * Parses the progress that was kept; InvalidEventError names all problems. Only we write the key, but whoever else may
 * write to the bucket must not break who goes on: what evidence says alone is carried on as it is.
 */
export function parseRolloutProgress(document: unknown): RolloutProgress {
  const reader = MemberReader.of(document);
  const ecsDeploymentId = reader.optionalText('ecsDeploymentId');
  const parsed = {
    release: readRelease(reader.members('release')),
    taskDefinitionArn: reader.text('taskDefinitionArn', taskDefinitionArnRule),
    execution: readExecution(reader.members('execution')),
    ...(ecsDeploymentId === undefined ? {} : { ecsDeploymentId }),
  };
  reader.finish('the progress of a rollout');
  const phases = memberAt(document, 'phases') ?? [];
  const answers = memberAt(document, 'answers') ?? { before: {}, since: {} };
  if (!arePhaseReports(phases)) throw unreadable('phases is no list of reports');
  if (!areAnswers(answers)) throw unreadable('answers are no counts before and since');
  return { ...parsed, phases, answers };
}

function unreadable(problem: string): InvalidEventError {
  return new InvalidEventError(`Cannot read the progress of a rollout: ${problem}`);
}
