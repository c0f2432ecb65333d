import { MemberReader } from '../events/member-reader.ts';
import { opaqueRule, taskDefinitionArnRule } from '../events/text-rules.ts';
import type { ExecutionIdentity, Release } from '../release.ts';
import { readExecution, readRelease } from '../workflow/step-input.ts';

/**
 * What waits for a deployment: input of run-deployment, and what is kept under the deployment's id until it
 * ends, because the state-change event names nothing else (aws-facts 5.3).
 */
export interface TrackedDeployment {
  readonly release: Release;
  readonly taskDefinitionArn: string;
  readonly execution: ExecutionIdentity;
  /** Of the newest try; every retry of the task has another (aws-facts 5.3). */
  readonly taskToken: string;
}

/** Parses `{ release, taskDefinitionArn, execution, taskToken }`; InvalidEventError names all problems. */
export function parseTrackedDeployment(input: unknown): TrackedDeployment {
  const reader = MemberReader.of(input);
  const parsed = {
    release: readRelease(reader.members('release')),
    taskDefinitionArn: reader.text('taskDefinitionArn', taskDefinitionArnRule),
    execution: readExecution(reader.members('execution')),
    taskToken: reader.text('taskToken', opaqueRule),
  };
  reader.finish('the deployment that is waited for');
  return parsed;
}
