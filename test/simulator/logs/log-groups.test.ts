import {
  AssociateKmsKeyCommand,
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DeleteLogStreamCommand,
  DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  ListTagsForResourceCommand,
  ListTagsLogGroupCommand,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
  TagLogGroupCommand,
  TagResourceCommand,
  UntagLogGroupCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LogsModel } from '../../../simulator/logs/model.ts';
import { logsWire } from '../../../simulator/logs/wire.ts';
import { type SimulatedAws, simulatedAws } from '../wire/simulated-aws.ts';

let aws: SimulatedAws;
let logs: CloudWatchLogsClient;

beforeEach(async () => {
  aws = await simulatedAws((world) => [logsWire(new LogsModel(world), world)]);
  logs = new CloudWatchLogsClient(aws.client);
});
afterEach(() => aws.stop());

const logGroupName = '/ecs/shop';
const arn = `arn:aws:logs:eu-west-1:111122223333:log-group:${logGroupName}`;
const create = (members: object = {}) =>
  logs.send(new CreateLogGroupCommand({ logGroupName, ...members }));
const describeGroup = async () =>
  (await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: logGroupName })))
    .logGroups?.[0];

describe('a log group', () => {
  it('shows what it was made of, and both of its ARNs', async () => {
    await create({
      kmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/k',
      logGroupClass: 'INFREQUENT_ACCESS',
    });
    await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 14 }));
    expect(await describeGroup()).toEqual({
      logGroupName,
      arn: `${arn}:*`,
      logGroupArn: arn,
      creationTime: expect.any(Number),
      kmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/k',
      logGroupClass: 'INFREQUENT_ACCESS',
      metricFilterCount: 0,
      retentionInDays: 14,
      storedBytes: 0,
    });
  });

  it('keeps its events for ever once its retention is deleted', async () => {
    await create();
    await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 1 }));
    await logs.send(new DeleteRetentionPolicyCommand({ logGroupName }));
    expect((await describeGroup())?.retentionInDays).toBeUndefined();
    await expect(
      logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 2 })),
    ).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining("Value '2' at 'retentionInDays'"),
    });
  });

  it('takes another key', async () => {
    await create();
    await logs.send(new AssociateKmsKeyCommand({ logGroupName, kmsKeyId: 'key' }));
    expect((await describeGroup())?.kmsKeyId).toBe('key');
  });

  it('that is protected is not deleted', async () => {
    await create({ deletionProtectionEnabled: true });
    await expect(logs.send(new DeleteLogGroupCommand({ logGroupName }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });

  it('is found by part of its name in any case, by class and by identifier', async () => {
    await create();
    const names = async (filter: object) =>
      (await logs.send(new DescribeLogGroupsCommand(filter))).logGroups?.length;
    expect(await names({ logGroupNamePattern: 'SHOP' })).toBe(1);
    expect(await names({ logGroupClass: 'INFREQUENT_ACCESS' })).toBe(0);
    expect(await names({ logGroupIdentifiers: [arn] })).toBe(1);
    await expect(
      names({ logGroupNamePattern: 'a', logGroupNamePrefix: 'b' }),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
});

describe('tags', () => {
  it('are the same by ARN and by name', async () => {
    await create({ tags: { team: 'shop' } });
    await logs.send(new TagResourceCommand({ resourceArn: arn, tags: { a: '1' } }));
    await logs.send(new TagLogGroupCommand({ logGroupName, tags: { b: '2' } }));
    const tags = { team: 'shop', a: '1', b: '2' };
    expect((await logs.send(new ListTagsForResourceCommand({ resourceArn: arn }))).tags).toEqual(
      tags,
    );
    expect((await logs.send(new ListTagsLogGroupCommand({ logGroupName }))).tags).toEqual(tags);
    await logs.send(new UntagResourceCommand({ resourceArn: arn, tagKeys: ['a'] }));
    await logs.send(new UntagLogGroupCommand({ logGroupName, tags: ['b'] }));
    expect((await logs.send(new ListTagsLogGroupCommand({ logGroupName }))).tags).toEqual({
      team: 'shop',
    });
  });

  it('take the ARN without an asterisk', async () => {
    await create();
    await expect(
      logs.send(new ListTagsForResourceCommand({ resourceArn: `${arn}:*` })),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
});

describe('PutLogEvents', () => {
  const hourMs = 3_600_000;
  const put = (timestamps: number[]) =>
    logs.send(
      new PutLogEventsCommand({
        logGroupName,
        logStreamName: 's',
        logEvents: timestamps.map((timestamp) => ({ timestamp, message: 'm' })),
      }),
    );
  beforeEach(async () => {
    await create();
    await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName: 's' }));
  });

  it('leaves out what is too old, expired or too new', async () => {
    const now = aws.world.clock.now();
    expect((await put([now - 15 * 24 * hourMs])).rejectedLogEventsInfo).toEqual({
      tooOldLogEventEndIndex: 1,
    });
    expect((await put([now, now + 3 * hourMs])).rejectedLogEventsInfo).toEqual({
      tooNewLogEventStartIndex: 1,
    });
    await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 1 }));
    expect((await put([now - 25 * hourMs])).rejectedLogEventsInfo).toEqual({
      expiredLogEventEndIndex: 1,
    });
    const { logStreams } = await logs.send(new DescribeLogStreamsCommand({ logGroupName }));
    expect(logStreams).toMatchObject([{ firstEventTimestamp: now, lastEventTimestamp: now }]);
  });

  it('refuses a batch out of order or longer than a day', async () => {
    const now = aws.world.clock.now();
    await expect(put([now, now - 1])).rejects.toMatchObject({
      message: 'Log events in a single PutLogEvents request must be in chronological order.',
    });
    await expect(put([now - 25 * hourMs, now])).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  it('misses a stream that was deleted', async () => {
    await logs.send(new DeleteLogStreamCommand({ logGroupName, logStreamName: 's' }));
    await expect(put([aws.world.clock.now()])).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'The specified log stream does not exist.',
    });
  });
});
