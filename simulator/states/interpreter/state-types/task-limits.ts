import type { TaskState } from '../../definition/workflow.ts';
import type { Visit } from '../visit.ts';
import { fieldValue } from '../work-input.ts';

export interface TaskLimits {
  readonly timeoutSeconds: number | undefined;
  readonly heartbeatSeconds: number | undefined;
}

const longestSeconds = 99_999_999;

/** TimeoutSeconds and HeartbeatSeconds of this attempt, computed where they are expressions. */
export async function taskLimits(visit: Visit<TaskState>): Promise<TaskLimits> {
  const timeoutSeconds = await seconds(visit, 'TimeoutSeconds');
  const heartbeatSeconds = await seconds(visit, 'HeartbeatSeconds');
  if (
    timeoutSeconds !== undefined &&
    heartbeatSeconds !== undefined &&
    heartbeatSeconds >= timeoutSeconds
  ) {
    throw visit.failure(
      'States.Runtime',
      `HeartbeatSeconds (${heartbeatSeconds}) must be smaller than TimeoutSeconds (${timeoutSeconds}).`,
    );
  }
  return { timeoutSeconds, heartbeatSeconds };
}

async function seconds(
  visit: Visit<TaskState>,
  field: 'TimeoutSeconds' | 'HeartbeatSeconds',
): Promise<number | undefined> {
  const value = await fieldValue(visit, field);
  if (value === undefined) return undefined;
  if (Number.isInteger(value) && Number(value) >= 1 && Number(value) <= longestSeconds) {
    return Number(value);
  }
  throw visit.fieldFailure(
    `The field '${field}' must be an integer from 1 to ${longestSeconds}, not ${JSON.stringify(value)}.`,
  );
}
