import { memberAt } from '../../functions/core/config/loose-value.ts';
import { requestOfInput } from '../../functions/core/events/execution-status-change.ts';
import type { DescribedExecution } from '../../functions/core/ports/executions.ts';
import { type Outcome, outcomes } from '../../functions/core/release.ts';
import { parsePushRecord } from '../../functions/core/workflow/push-record.ts';

/** How a release ended, in the words of its record or, without one, of its execution. */
export interface ReleaseEnd {
  readonly outcome: Outcome;
  /** One sentence. */
  readonly reason: string;
  readonly deploymentId: string | undefined;
}

/** Named errors of core/errors.ts that stand for an outcome of their own; every other one is `failed`. */
const outcomeOfError: Readonly<Record<string, Outcome>> = {
  DeploymentRolledBack: 'rolled-back',
  PreflightRefused: 'refused',
  ReleaseHeld: 'refused',
  ReleaseSuperseded: 'superseded',
};

/**
 * How an execution that is over ended. The record of its push counts most, as it also tells what became of an
 * execution that was stopped; without it the execution's own output or error speaks. Undefined while it runs.
 */
export function releaseEnd(execution: DescribedExecution, record: unknown): ReleaseEnd | undefined {
  if (execution.status === 'RUNNING' || execution.status === 'PENDING_REDRIVE') return undefined;
  return endOnRecord(execution, record) ?? endOfExecution(execution);
}

/** Undefined for the record of another execution, or of this one before it was redriven. */
export function endOnRecord(
  { executionName, redriveCount }: Pick<DescribedExecution, 'executionName' | 'redriveCount'>,
  document: unknown,
): ReleaseEnd | undefined {
  const record = parsePushRecord(document);
  if (record?.executionName !== executionName || record.redriveCount !== redriveCount) {
    return undefined;
  }
  const { outcome, reason, deploymentId } = record;
  return { outcome, reason, deploymentId };
}

function endOfExecution(execution: DescribedExecution): ReleaseEnd {
  const { status, error, output, cause, executionName } = execution;
  const story = parsed(status === 'SUCCEEDED' ? output : cause);
  const told = textAt(story, 'outcome');
  const outcome =
    outcomes.find((one) => one === told) ??
    (error === undefined ? undefined : outcomeOfError[error]) ??
    'failed';
  const reason =
    textAt(story, 'reason') ??
    textAt(story, 'sentence') ??
    textAt(story, 'errorMessage') ??
    (status === 'SUCCEEDED' ? cause : undefined) ??
    `Execution ${executionName} ${endings[status] ?? `ended as ${status}`}${saying(error, cause)}`;
  return { outcome, reason, deploymentId: textAt(story, 'deploymentId') };
}

const endings: Readonly<Record<string, string>> = {
  ABORTED: 'was stopped',
  FAILED: 'failed',
  TIMED_OUT: 'timed out',
};

function saying(...parts: readonly (string | undefined)[]): string {
  const said = parts.filter((part) => part !== undefined && part !== '');
  return said.length === 0 ? '' : `: ${said.join(': ')}`;
}

/** What an execution is for, and so where its outcome is recorded; undefined when its input is no request. */
export function requestOf({
  input,
  executionName,
}: Pick<DescribedExecution, 'input' | 'executionName'>) {
  return requestOfInput(input, executionName);
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

function textAt(value: unknown, name: string): string | undefined {
  const found = memberAt(value, name);
  return typeof found === 'string' ? found : undefined;
}
