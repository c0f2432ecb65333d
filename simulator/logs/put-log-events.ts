import type {
  PutLogEventsCommandInput,
  PutLogEventsCommandOutput,
  RejectedLogEventsInfo,
} from '@aws-sdk/client-cloudwatch-logs';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import type { LogStream } from './log-stream.ts';
import type { LogsModel } from './model.ts';

const dayMs = 86_400_000;
/** Quotas of a batch [documented: PutLogEvents]. */
const oldestMs = 14 * dayMs;
const furthestMs = 2 * 3_600_000;
const longestBatchMs = dayMs;
const largestBatchBytes = 1_048_576;
const eventOverheadBytes = 26;

/** Writes a batch; events that are too old or too new are left out and counted [model]. */
export function putLogEvents(
  model: LogsModel,
  world: World,
  input: PutLogEventsCommandInput,
): Omit<PutLogEventsCommandOutput, '$metadata'> {
  const { logGroupName = '', logStreamName = '', logEvents = [] } = input;
  const group = model.group(logGroupName);
  const stream = model.stream(group, logStreamName);
  const times = logEvents.map(({ timestamp = 0 }) => timestamp);
  if (times.some((time, index) => time < (times[index - 1] ?? time))) {
    throw invalid('Log events in a single PutLogEvents request must be in chronological order.');
  }
  const first = times[0] ?? 0;
  if ((times.at(-1) ?? first) - first > longestBatchMs) {
    throw invalid(
      'The batch of log events in a single PutLogEvents request cannot span more than 24 hours.',
    );
  }
  const bytes = logEvents.reduce(
    (sum, { message = '' }) => sum + Buffer.byteLength(message) + eventOverheadBytes,
    0,
  );
  if (bytes > largestBatchBytes) {
    throw invalid(`Upload too large: ${bytes} bytes exceeds limit of ${largestBatchBytes}`);
  }
  const now = world.clock.now();
  const expiredMs = (group.retentionInDays ?? Number.POSITIVE_INFINITY) * dayMs;
  const tooOld = times.filter((time) => time < now - oldestMs).length;
  const expired = times.filter((time) => time < now - expiredMs).length;
  const tooNew = times.findIndex((time) => time > now + furthestMs);
  const accepted = logEvents.slice(
    Math.max(tooOld, expired),
    tooNew < 0 ? logEvents.length : tooNew,
  );
  for (const { message = '', timestamp = 0 } of accepted) {
    model.write(group, stream, message, timestamp);
  }
  const rejected: RejectedLogEventsInfo = {
    ...(tooOld > 0 && { tooOldLogEventEndIndex: tooOld }),
    ...(expired > 0 && { expiredLogEventEndIndex: expired }),
    ...(tooNew >= 0 && { tooNewLogEventStartIndex: tooNew }),
  };
  return {
    nextSequenceToken: sequenceToken(stream),
    ...(Object.keys(rejected).length > 0 && { rejectedLogEventsInfo: rejected }),
  };
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}

/** Answered as ever, and no longer looked at [model PutLogEvents]. */
export function sequenceToken(stream: LogStream): string {
  return String(stream.events.length).padStart(56, '0');
}
