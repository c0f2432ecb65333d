import type {
  FilterLogEventsCommandInput,
  FilterLogEventsCommandOutput,
  GetLogEventsCommandInput,
  GetLogEventsCommandOutput,
} from '@aws-sdk/client-cloudwatch-logs';
import { AwsError } from '../core/aws-error.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import { compileFilterPattern } from './filter-pattern.ts';
import type { LogEvent, LogGroup } from './log-stream.ts';
import type { LogsModel } from './model.ts';
import { pageOf } from './page.ts';
import { eventsOnPage } from './stream-cursor.ts';

const eventLimit = 10_000;

/** Operations that read events. */
export function readOperations(model: LogsModel): Record<string, WireOperation> {
  return {
    GetLogEvents: operation<GetLogEventsCommandInput, GetLogEventsCommandOutput>(
      [
        'logGroupName',
        'logGroupIdentifier',
        'logStreamName',
        'startTime',
        'endTime',
        'limit',
        'nextToken',
        'startFromHead',
      ],
      (input) => getLogEvents(model, input),
    ),
    FilterLogEvents: operation<FilterLogEventsCommandInput, FilterLogEventsCommandOutput>(
      [
        'logGroupName',
        'logGroupIdentifier',
        'logStreamNames',
        'logStreamNamePrefix',
        'startTime',
        'endTime',
        'filterPattern',
        'limit',
        'nextToken',
        'interleaved',
      ],
      (input) => filterLogEvents(model, input),
    ),
  };
}

interface GroupInput {
  readonly logGroupName?: string | undefined;
  readonly logGroupIdentifier?: string | undefined;
}

function groupOf(model: LogsModel, { logGroupName, logGroupIdentifier }: GroupInput): LogGroup {
  if (logGroupName && logGroupIdentifier) {
    // The exception is the API reference's; its words are ours.
    throw new AwsError(
      'InvalidParameterException',
      'logGroupName and logGroupIdentifier are mutually exclusive parameters.',
    );
  }
  if (logGroupName) return model.group(logGroupName);
  if (logGroupIdentifier) return model.groupByIdentifier(logGroupIdentifier);
  throw new AwsError(
    'InvalidParameterException',
    'Either logGroupName or logGroupIdentifier must be given',
  );
}

function checkLimit(limit: number): number {
  if (Number.isInteger(limit) && limit >= 1 && limit <= eventLimit) return limit;
  throw new AwsError('InvalidParameterException', `limit must be between 1 and ${eventLimit}`);
}

function getLogEvents(
  model: LogsModel,
  input: GetLogEventsCommandInput,
): Omit<GetLogEventsCommandOutput, '$metadata'> {
  const { logStreamName = '', startTime = 0, endTime = Number.POSITIVE_INFINITY } = input;
  const limit = checkLimit(input.limit ?? eventLimit);
  const stream = model.stream(groupOf(model, input), logStreamName);
  const events = stream.events.filter(
    ({ timestampMs }) => timestampMs >= startTime && timestampMs < endTime,
  );
  const { startFromHead: fromHead, nextToken: token } = input;
  const page = eventsOnPage(events, { limit, fromHead, token });
  if (!page) throw new AwsError('InvalidParameterException', 'The specified nextToken is invalid.');
  return {
    events: page.events.map(show),
    nextForwardToken: page.forward,
    nextBackwardToken: page.backward,
  };
}

function filterLogEvents(
  model: LogsModel,
  input: FilterLogEventsCommandInput,
): Omit<FilterLogEventsCommandOutput, '$metadata'> {
  const { logStreamNames, logStreamNamePrefix = '' } = input;
  if (logStreamNames && input.logStreamNamePrefix !== undefined) {
    // The exception is the API reference's; its words are ours.
    throw new AwsError(
      'InvalidParameterException',
      'logStreamNames and logStreamNamePrefix are mutually exclusive parameters.',
    );
  }
  const { startTime = 0, endTime = Number.POSITIVE_INFINITY, nextToken } = input;
  const limit = checkLimit(input.limit ?? eventLimit);
  const pattern = compileFilterPattern(input.filterPattern ?? '');
  const group = groupOf(model, input);
  const streams = logStreamNames
    ? logStreamNames.map((name) => model.stream(group, name))
    : [...group.streams.values()].filter(({ name }) => name.startsWith(logStreamNamePrefix));
  const found = streams
    .flatMap((stream) => stream.events.map((event) => ({ event, logStreamName: stream.name })))
    .filter(({ event: { timestampMs, message } }) => {
      return timestampMs >= startTime && timestampMs <= endTime && pattern.matches(message);
    })
    .sort((a, b) => a.event.timestampMs - b.event.timestampMs || compare(a.event.id, b.event.id));
  const page = pageOf(found, limit, nextToken);
  return {
    events: page.items.map(({ event, logStreamName }) => ({
      logStreamName,
      eventId: event.id,
      ...show(event),
    })),
    searchedLogStreams: [],
    ...(page.nextToken ? { nextToken: page.nextToken } : {}),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function show({ timestampMs, ingestedMs, message }: LogEvent) {
  return { timestamp: timestampMs, message, ingestionTime: ingestedMs };
}
