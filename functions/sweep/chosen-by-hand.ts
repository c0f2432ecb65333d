import { requestOfInput } from '../core/events/execution-status-change.ts';
import type { Executions, ListedExecution } from '../core/ports/executions.ts';
import { isNamedByPush } from '../core/workflow/execution-name.ts';

/**
 * The execution by which a person chose what the service runs, or is to run, after a moment; undefined when nobody
 * did. Whoever went back to an older release did not want the newest, whose push may have been missed.
 */
export async function chosenByHandSince(
  sinceMs: number,
  service: string,
  known: readonly ListedExecution[],
  executions: Pick<Executions, 'describe'>,
): Promise<string | undefined> {
  for (const { executionArn, executionName, status, startedAtMs } of known) {
    const stands = status === 'RUNNING' || status === 'SUCCEEDED';
    if (!stands || startedAtMs <= sinceMs || isNamedByPush(executionName)) continue;
    const { input } = await executions.describe(executionArn);
    const request = requestOfInput(input, executionName);
    if (request?.service === service && 'asked' in request) return executionName;
  }
  return undefined;
}
