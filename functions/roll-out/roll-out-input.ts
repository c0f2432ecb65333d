import { MemberReader } from '../core/events/member-reader.ts';
import { taskDefinitionArnRule } from '../core/events/text-rules.ts';
import type { ExecutionIdentity, Release } from '../core/release.ts';
import { readExecution, readRelease } from '../core/workflow/step-input.ts';

export interface RollOutInput {
  readonly release: Release;
  readonly taskDefinitionArn: string;
  readonly execution: ExecutionIdentity;
  /** ISO 8601: when the execution began or was last redriven, so that a redrive is told from a retry (design D4). */
  readonly attemptStartedAt: string;
}

/** Parses `{ release, taskDefinitionArn, execution, attemptStartedAt }`; InvalidEventError names all problems. */
export function parseRollOutInput(input: unknown): RollOutInput {
  const reader = MemberReader.of(input);
  const parsed = {
    release: readRelease(reader.members('release')),
    taskDefinitionArn: reader.text('taskDefinitionArn', taskDefinitionArnRule),
    execution: readExecution(reader.members('execution')),
    attemptStartedAt: reader.instant('attemptStartedAt'),
  };
  reader.finish('the rollout that is wanted');
  return parsed;
}
