import { MemberReader } from '../core/events/member-reader.ts';
import { deploymentIdRule, taskDefinitionArnRule } from '../core/events/text-rules.ts';
import type { ExecutionIdentity, Release } from '../core/release.ts';
import { readExecution, readRelease } from '../core/workflow/step-input.ts';

/** What verify-release is given: the release, what was registered for it and which deployment it is. */
export interface VerificationInput {
  readonly release: Release;
  readonly taskDefinitionArn: string;
  readonly execution: ExecutionIdentity;
  readonly deploymentId: string;
}

/** Parses `{ release, taskDefinitionArn, execution, deploymentId }`; InvalidEventError names all problems. */
export function parseVerificationInput(input: unknown): VerificationInput {
  const reader = MemberReader.of(input);
  const parsed = {
    release: readRelease(reader.members('release')),
    taskDefinitionArn: reader.text('taskDefinitionArn', taskDefinitionArnRule),
    execution: readExecution(reader.members('execution')),
    deploymentId: reader.text('deploymentId', deploymentIdRule),
  };
  reader.finish('the release to verify');
  return parsed;
}
