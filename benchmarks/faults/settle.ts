import { RedriveExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import type { JournalEntry } from '../../simulator/core/journal.ts';
import type { Arena, Pushed } from './arena.ts';
import { activeDeployments, executionsOf, hasEnded } from './executions-since.ts';

export const minuteMs = 60_000;
/**
 * A push whose event was lost is found by the sweep after five minutes of grace and at most ten more, and a sweep
 * may itself be lost or late, or several of them in random cases.
 */
export const startLimitMs = 60 * minuteMs;
/** A hook that never answers costs an hour, its rollback and retries the rest. */
const endLimitMs = 4 * 60 * minuteMs;
/** Two sweeps, and whatever was delayed (fault-point.ts). */
const quietMs = 21 * minuteMs;

/** A person stops the execution of a push, as in the console. */
export async function stopExecution(
  { aws, journal }: Arena,
  fromSeq: number,
  { digest }: Pushed,
): Promise<void> {
  const [executionArn] = executionsOf(journal().slice(fromSeq), digest);
  await aws.states.send(
    new StopExecutionCommand({ executionArn, error: 'Operator', cause: 'wrong tag' }),
  );
}

/** Waits for an entry since then, and for some time more; a fault may keep it from coming. */
export async function awaitEntry(
  { journal, until, simulator }: Arena,
  fromSeq: number,
  matches: (entry: JournalEntry) => boolean,
  { limitMs, thenMs }: { readonly limitMs: number; readonly thenMs: number },
): Promise<void> {
  await until(() => journal().slice(fromSeq).some(matches), limitMs);
  await simulator.world.clock.sleep(thenMs);
}

/** False when the execution cannot be redriven, because it has not failed. */
export async function redrive({ aws }: Arena, executionArn: string): Promise<boolean> {
  try {
    await aws.states.send(new RedriveExecutionCommand({ executionArn }));
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === 'ExecutionNotRedrivable') return false;
    throw error;
  }
}

/** Waits until nothing is under way any more, or should not be, and lets two more sweeps run. */
export async function settle(
  arena: Arena,
  fromSeq: number,
  pushes: readonly Pushed[],
): Promise<void> {
  const since = () => arena.journal().slice(fromSeq);
  const started = () => pushes.every(({ digest }) => executionsOf(since(), digest).length > 0);
  const ended = () => {
    const entries = since();
    const executions = pushes.flatMap(({ digest }) => executionsOf(entries, digest));
    return (
      executions.every((arn) => hasEnded(entries, arn)) && activeDeployments(entries).length === 0
    );
  };
  await arena.until(started, startLimitMs);
  await arena.until(ended, endLimitMs);
  await arena.simulator.world.clock.sleep(quietMs);
}
