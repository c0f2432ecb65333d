import type { Clock } from '../core/ports/clock.ts';
import type { Executions } from '../core/ports/executions.ts';
import type { Log } from '../core/ports/log.ts';
import type { Records } from '../core/ports/records.ts';
import { knownExecution, mayBeOf } from '../core/sweep/known-execution.ts';
import { parsePushRecord, pushRecordKeys } from '../core/workflow/push-record.ts';
import type { RequestInput } from '../core/workflow/step-input.ts';

export interface ProductionSettledDeps {
  readonly executions: Pick<Executions, 'list' | 'describe'>;
  readonly records: Pick<Records, 'read'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

/** So long CodeDeploy lets one deployment hold up the next (aws-facts 3.12). */
const longestWaitMs = 120 * 3_600_000;

/**
 * Whether what production runs will stay, as far as other executions go. One that is on its way with another image may
 * have looked for a retag just before this one was kept, and be about to create its deployment: then to run already is
 * no reason to end. An end that an earlier try of this execution has recorded stands, as only what began later is on its way.
 */
export async function isProductionSettled(
  input: RequestInput,
  deps: ProductionSettledDeps,
): Promise<boolean> {
  const rival = await findRival(input, deps);
  if (rival === undefined || (await hasEnded(input, deps))) return true;
  deps.log.info('another release is on its way', { ...input.request, rival });
  return false;
}

/** Name of an execution of the service that runs, of another image than this one. */
async function findRival(
  { request, execution }: RequestInput,
  { executions, clock }: ProductionSettledDeps,
): Promise<string | undefined> {
  for (const listed of await executions.list(clock.now() - longestWaitMs)) {
    const { executionArn, executionName, status } = listed;
    if (status !== 'RUNNING' || executionName === execution.executionName) continue;
    if (!mayBeOf(request.service, executionName)) continue;
    const known = knownExecution(request.service, await executions.describe(executionArn));
    if (known !== undefined && known.asked?.digest !== request.digest) return executionName;
  }
  return undefined;
}

async function hasEnded(
  { request, execution }: RequestInput,
  { records, log }: ProductionSettledDeps,
): Promise<boolean> {
  const key = pushRecordKeys.outcome(request.eventId, request.service);
  try {
    const record = parsePushRecord(await records.read(key));
    const { outcome, executionName, redriveCount } = record ?? {};
    return (
      outcome === 'already-running' &&
      executionName === execution.executionName &&
      redriveCount === execution.redriveCount
    );
  } catch (error) {
    log.warn('record unreadable', { key, error });
    return false;
  }
}
