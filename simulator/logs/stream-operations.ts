import type {
  CreateLogStreamCommandInput,
  CreateLogStreamCommandOutput,
  DeleteLogStreamCommandInput,
  DeleteLogStreamCommandOutput,
  DescribeLogStreamsCommandInput,
  DescribeLogStreamsCommandOutput,
  PutLogEventsCommandInput,
  PutLogEventsCommandOutput,
} from '@aws-sdk/client-cloudwatch-logs';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import type { LogGroup, LogStream } from './log-stream.ts';
import type { LogsModel } from './model.ts';
import { pageOf } from './page.ts';
import { putLogEvents, sequenceToken } from './put-log-events.ts';

/** Operations on streams, and PutLogEvents. */
export function streamOperations(model: LogsModel, world: World): Record<string, WireOperation> {
  return {
    CreateLogStream: operation<CreateLogStreamCommandInput, CreateLogStreamCommandOutput>(
      ['logGroupName', 'logStreamName'],
      ({ logGroupName = '', logStreamName = '' }) => {
        model.createStream(model.group(logGroupName), logStreamName);
        return {};
      },
    ),
    DeleteLogStream: operation<DeleteLogStreamCommandInput, DeleteLogStreamCommandOutput>(
      ['logGroupName', 'logStreamName'],
      ({ logGroupName = '', logStreamName = '' }) => {
        model.deleteStream(model.group(logGroupName), logStreamName);
        return {};
      },
    ),
    DescribeLogStreams: operation<DescribeLogStreamsCommandInput, DescribeLogStreamsCommandOutput>(
      [
        'logGroupName',
        'logGroupIdentifier',
        'logStreamNamePrefix',
        'orderBy',
        'descending',
        'limit',
        'nextToken',
      ],
      (input) => describeStreams(model, input),
    ),
    PutLogEvents: operation<PutLogEventsCommandInput, PutLogEventsCommandOutput>(
      ['logGroupName', 'logStreamName', 'logEvents', 'sequenceToken'],
      (input) => putLogEvents(model, world, input),
    ),
  };
}

function describeStreams(
  model: LogsModel,
  input: DescribeLogStreamsCommandInput,
): Omit<DescribeLogStreamsCommandOutput, '$metadata'> {
  const { orderBy = 'LogStreamName', logStreamNamePrefix = '', limit = 50 } = input;
  if (orderBy === 'LastEventTime' && logStreamNamePrefix) {
    throw new AwsError(
      'InvalidParameterException',
      'Cannot order by LastEventTime with a logStreamNamePrefix.',
    );
  }
  const group = model.groupByIdentifier(input.logGroupName ?? input.logGroupIdentifier ?? '');
  const lastEventMs = (stream: LogStream) => stream.events.at(-1)?.timestampMs ?? 0;
  const streams = [...group.streams.values()]
    .filter(({ name }) => name.startsWith(logStreamNamePrefix))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  if (orderBy === 'LastEventTime') streams.sort((a, b) => lastEventMs(a) - lastEventMs(b));
  if (input.descending) streams.reverse();
  const page = pageOf(streams, limit, input.nextToken);
  return {
    logStreams: page.items.map((stream) => showStream(group, stream)),
    ...(page.nextToken === undefined ? {} : { nextToken: page.nextToken }),
  };
}

function showStream(group: LogGroup, stream: LogStream) {
  const first = stream.events[0];
  const last = stream.events.at(-1);
  return {
    logStreamName: stream.name,
    creationTime: stream.createdMs,
    arn: `${group.arn}:log-stream:${stream.name}`,
    storedBytes: 0,
    uploadSequenceToken: sequenceToken(stream),
    ...(first && last
      ? {
          firstEventTimestamp: first.timestampMs,
          lastEventTimestamp: last.timestampMs,
          lastIngestionTime: last.ingestedMs,
        }
      : {}),
  };
}
