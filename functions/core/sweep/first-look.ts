import type { ListedExecution } from '../ports/executions.ts';
import { isStartedFor } from './known-execution.ts';

/** Two sweeps and a bit: a workflow so young has not been swept before. */
const youngWorkflowMs = 25 * 60_000;

/**
 * From when on pushes to a service are Greengate's, when no sweep has seen the service before, as epoch milliseconds.
 * One that was just added to the configuration keeps what it runs until somebody pushes; one with executions has only
 * lost its memory, and with a workflow this young nobody was ever asked.
 */
export function firstLookSinceMs(
  service: string,
  executions: readonly Pick<ListedExecution, 'executionName'>[],
  workflowSinceMs: number,
  nowMs: number,
): number {
  const known = executions.some(({ executionName }) => isStartedFor(service, executionName));
  return known || nowMs - workflowSinceMs < youngWorkflowMs ? workflowSinceMs : nowMs;
}
