import type { Workflow } from '../../functions/core/ports/workflow.ts';
import type { AwaitDeps } from './await-execution.ts';
import { followExecution } from './follow-execution.ts';
import { type HandInput, handExecutionName } from './hand-input.ts';
import type { Followed } from './release-news.ts';
import { type ReleaseReport, releaseReport } from './release-report.ts';

export interface StartedByHand {
  readonly executionName: string;
  readonly executionArn: string;
}

/** What came of a release by hand; which image it was is in the record. */
export type HandReport = Omit<ReleaseReport, 'repository' | 'digest'> & {
  readonly input: HandInput;
};

/** Starts the execution. `random` tells two of the same second apart. */
export async function startByHand(
  input: HandInput,
  deps: {
    readonly workflow: Pick<Workflow, 'startExecution'>;
    readonly stateMachineArn: string;
    readonly nowMs: number;
    readonly random: string;
  },
): Promise<StartedByHand> {
  const executionName = handExecutionName(input.service, deps.nowMs, deps.random);
  await deps.workflow.startExecution({ name: executionName, input });
  const executionArn = `${deps.stateMachineArn.replace(':stateMachine:', ':execution:')}:${executionName}`;
  return { executionName, executionArn };
}

/** Follows what was started to its end, or for `timeoutMs`. */
export async function followByHand(
  input: HandInput,
  started: StartedByHand,
  timeoutMs: number,
  deps: AwaitDeps,
): Promise<{ readonly followed: Followed; readonly report: HandReport }> {
  const followed = await followExecution(started, deps.clock.now() + timeoutMs, deps);
  const { service } = input;
  const { repository, digest, ...report } = releaseReport(
    { service, repository: '', digest: '' },
    followed,
  );
  return { followed, report: { ...report, ...started, input } };
}
