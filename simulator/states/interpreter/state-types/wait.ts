import type { WaitState } from '../../definition/workflow.ts';
import type { Outcome } from '../outcome.ts';
import type { Visit } from '../visit.ts';

const longestWaitSeconds = 99_999_999;
/** RFC 3339 with an upper-case T and zone, as the States Language demands. */
const timestamp = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** Waits anew when a redrive continues it with Seconds; a Timestamp that is past is left at once. */
export async function runWait(visit: Visit<WaitState>): Promise<Outcome> {
  await visit.scope.sleep(await delayMs(visit));
  return { output: visit.input, next: visit.state.Next, transform: visit.state };
}

async function delayMs(visit: Visit<WaitState>): Promise<number> {
  const { state } = visit;
  if (state.Seconds !== undefined) {
    const seconds = await visit.evaluate(state.Seconds, 'Seconds');
    if (
      Number.isInteger(seconds) &&
      Number(seconds) >= 0 &&
      Number(seconds) <= longestWaitSeconds
    ) {
      return Number(seconds) * 1_000;
    }
    throw visit.failure(
      'States.QueryEvaluationError',
      `The field 'Seconds' must be an integer from 0 to ${longestWaitSeconds}, not ${JSON.stringify(seconds)}.`,
    );
  }
  const instant = await visit.evaluate(state.Timestamp, 'Timestamp');
  if (typeof instant === 'string' && timestamp.test(instant)) {
    return Math.max(0, Date.parse(instant) - visit.run.world.clock.now());
  }
  throw visit.failure(
    'States.QueryEvaluationError',
    `The field 'Timestamp' must be an RFC 3339 timestamp, not ${JSON.stringify(instant)}.`,
  );
}
