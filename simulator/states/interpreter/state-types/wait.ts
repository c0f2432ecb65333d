import type { WaitState } from '../../definition/workflow.ts';
import type { Outcome } from '../outcome.ts';
import { effectiveInput } from '../path-fields.ts';
import type { Visit } from '../visit.ts';
import { fieldValue } from '../work-input.ts';
import { isTimestamp } from './choice-operators.ts';

const longestWaitSeconds = 99_999_999;

/** Waits anew when a redrive continues it with Seconds; a Timestamp that is past is left at once. */
export async function runWait(visit: Visit<WaitState>): Promise<Outcome> {
  await visit.scope.sleep(await delayMs(visit));
  const output = visit.usesJsonPath ? effectiveInput(visit) : visit.input;
  return { output, next: visit.state.Next, transform: visit.state };
}

async function delayMs(visit: Visit<WaitState>): Promise<number> {
  const seconds = await fieldValue(visit, 'Seconds');
  if (seconds !== undefined) {
    const fits = Number.isInteger(seconds) && Number(seconds) >= 0;
    if (fits && Number(seconds) <= longestWaitSeconds) return Number(seconds) * 1_000;
    refuseSecondsPath(visit, seconds);
    throw visit.fieldFailure(
      `The field 'Seconds' must be an integer from 0 to ${longestWaitSeconds}, not ${JSON.stringify(seconds)}.`,
    );
  }
  const instant = await fieldValue(visit, 'Timestamp');
  if (isTimestamp(instant)) return Math.max(0, Date.parse(instant) - visit.run.world.clock.now());
  if (path(visit, 'TimestampPath') !== undefined) {
    throw visit.fieldFailure(
      `The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: ${path(visit, 'TimestampPath')} == ${shown(instant)}`,
    );
  }
  throw visit.fieldFailure(
    `The field 'Timestamp' must be an RFC 3339 timestamp, not ${JSON.stringify(instant)}.`,
  );
}

/** In the words that LocalStack recorded of AWS (wait_function/seconds_path, timestamp_path). */
function refuseSecondsPath(visit: Visit<WaitState>, seconds: unknown): void {
  const given = path(visit, 'SecondsPath');
  if (given === undefined) return;
  if (!Number.isInteger(seconds)) {
    throw visit.fieldFailure(
      `The SecondsPath parameter cannot be parsed as a long value: ${given} == ${shown(seconds)}`,
    );
  }
  if (Number(seconds) >= 0) return;
  throw visit.fieldFailure(
    `The SecondsPath parameter references a negative value: ${given} == ${seconds}`,
  );
}

function path(visit: Visit<WaitState>, field: 'SecondsPath' | 'TimestampPath'): string | undefined {
  return visit.usesJsonPath ? visit.state[field] : undefined;
}

/** Texts stand without quotation marks. */
function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
