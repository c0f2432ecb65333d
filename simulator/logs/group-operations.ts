import type {
  CreateLogGroupCommandInput,
  CreateLogGroupCommandOutput,
  CreateLogStreamCommandInput,
  CreateLogStreamCommandOutput,
  DeleteLogGroupCommandInput,
  DeleteLogGroupCommandOutput,
  DescribeLogGroupsCommandInput,
  DescribeLogGroupsCommandOutput,
  DescribeLogStreamsCommandInput,
  DescribeLogStreamsCommandOutput,
  PutLogEventsCommandInput,
  PutLogEventsCommandOutput,
  PutRetentionPolicyCommandInput,
  PutRetentionPolicyCommandOutput,
} from '@aws-sdk/client-cloudwatch-logs';
import { AwsError } from '../core/aws-error.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import type { LogGroup, LogStream } from './log-stream.ts';
import type { LogsModel } from './model.ts';
import { pageOf } from './page.ts';

/** Operations on groups and streams, and PutLogEvents. */
export function groupOperations(model: LogsModel): Record<string, WireOperation> {
  return {
    CreateLogGroup: operation<CreateLogGroupCommandInput, CreateLogGroupCommandOutput>(
      ['logGroupName'],
      ({ logGroupName = '' }) => {
        model.createGroup(logGroupName);
        return {};
      },
    ),
    DeleteLogGroup: operation<DeleteLogGroupCommandInput, DeleteLogGroupCommandOutput>(
      ['logGroupName'],
      ({ logGroupName = '' }) => {
        model.deleteGroup(logGroupName);
        return {};
      },
    ),
    PutRetentionPolicy: operation<PutRetentionPolicyCommandInput, PutRetentionPolicyCommandOutput>(
      ['logGroupName', 'retentionInDays'],
      ({ logGroupName = '', retentionInDays }) => {
        model.group(logGroupName).retentionInDays = retentionInDays;
        return {};
      },
    ),
    CreateLogStream: operation<CreateLogStreamCommandInput, CreateLogStreamCommandOutput>(
      ['logGroupName', 'logStreamName'],
      ({ logGroupName = '', logStreamName = '' }) => {
        model.createStream(model.group(logGroupName), logStreamName);
        return {};
      },
    ),
    DescribeLogGroups: operation<DescribeLogGroupsCommandInput, DescribeLogGroupsCommandOutput>(
      ['logGroupNamePrefix', 'logGroupNamePattern', 'limit', 'nextToken'],
      ({ logGroupNamePrefix = '', logGroupNamePattern = '', limit = 50, nextToken }) => {
        const found = model
          .groups()
          .filter(
            ({ name }) =>
              name.startsWith(logGroupNamePrefix) &&
              name.toLowerCase().includes(logGroupNamePattern.toLowerCase()),
          );
        const page = pageOf(found, limit, nextToken);
        return { logGroups: page.items.map(showGroup), ...more(page.nextToken) };
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
      ({ logGroupName = '', logStreamName = '', logEvents = [] }) => {
        const stream = model.stream(model.group(logGroupName), logStreamName);
        for (const { message = '', timestamp = 0 } of logEvents) {
          model.write(stream, message, timestamp);
        }
        return { nextSequenceToken: String(stream.events.length).padStart(56, '0') };
      },
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
    ...more(page.nextToken),
  };
}

function more(nextToken: string | undefined): { nextToken?: string } {
  return nextToken === undefined ? {} : { nextToken };
}

function showGroup(group: LogGroup) {
  const events = [...group.streams.values()].flatMap((stream) => stream.events);
  return {
    logGroupName: group.name,
    creationTime: group.createdMs,
    ...(group.retentionInDays === undefined ? {} : { retentionInDays: group.retentionInDays }),
    metricFilterCount: 0,
    arn: `${group.arn}:*`,
    logGroupArn: group.arn,
    logGroupClass: 'STANDARD' as const,
    // CloudWatch counts 26 bytes of overhead per event.
    storedBytes: events.reduce((sum, { message }) => sum + Buffer.byteLength(message) + 26, 0),
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
    ...(first && last
      ? {
          firstEventTimestamp: first.timestampMs,
          lastEventTimestamp: last.timestampMs,
          lastIngestionTime: last.ingestedMs,
        }
      : {}),
  };
}
