import type { HistoryEvent } from '@aws-sdk/client-sfn';
import type { Execution } from '../executions/execution.ts';

/** Execution data, which is left out unless a machine's logging includes it. */
const executionData: ReadonlySet<string> = new Set([
  'input',
  'inputDetails',
  'output',
  'outputDetails',
  'parameters',
  'assignedVariables',
  'assignedVariablesDetails',
]);
/** Escaped data beyond it is cut off (CloudWatch Logs page): 248 KiB. */
const longestData = 248 * 1_024;

/** A history event as CloudWatch Logs has it: numbers as texts (recorded AWS answers). */
export function logEntry(
  { arn, redriveCount, mapRun }: Execution,
  event: HistoryEvent,
  includeExecutionData: boolean,
): object {
  return {
    id: String(event.id),
    type: event.type,
    details: details(event, includeExecutionData),
    previous_event_id: String(event.previousEventId),
    event_timestamp: String(event.timestamp?.getTime()),
    execution_arn: arn,
    ...(mapRun && { map_run_arn: mapRun.mapRunArn }),
    redrive_count: String(redriveCount),
  };
}

/** The event's own member, `…EventDetails`, or nothing. */
function details(event: HistoryEvent, includeExecutionData: boolean): object {
  const [, given = {}] =
    Object.entries(event).find(([name]) => name.endsWith('EventDetails')) ?? [];
  const shown = Object.entries(given as object).filter(
    ([name]) => includeExecutionData || !executionData.has(name),
  );
  return truncated(Object.fromEntries(shown));
}

function truncated(shown: Record<string, unknown>): Record<string, unknown> {
  const cut = { ...shown };
  for (const name of ['input', 'output']) {
    const data = shown[name];
    if (typeof data !== 'string' || JSON.stringify(data).length <= longestData) continue;
    cut[name] = cutText(data);
    cut[`${name}Details`] = { truncated: true };
  }
  return cut;
}

/** The longest beginning whose escaped form is short enough. */
function cutText(text: string): string {
  let fits = 0;
  let tooLong = text.length;
  while (tooLong - fits > 1) {
    const middle = (fits + tooLong) >> 1;
    if (JSON.stringify(text.slice(0, middle)).length <= longestData) fits = middle;
    else tooLong = middle;
  }
  return text.slice(0, fits);
}
