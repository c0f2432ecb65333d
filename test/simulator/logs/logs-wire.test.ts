import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  PutLogEventsCommand,
  ResourceAlreadyExistsException,
  ResourceNotFoundException,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { LogsModel } from '../../../simulator/logs/model.ts';
import { logsWire } from '../../../simulator/logs/wire.ts';
import { type SimulatedAws, simulatedAws } from '../wire/simulated-aws.ts';

let aws: SimulatedAws;
let logs: CloudWatchLogsClient;
let model: LogsModel;
const logGroupName = '/aws/lambda/hook';

beforeEach(async () => {
  aws = await simulatedAws((world) => {
    model = new LogsModel(world);
    return [logsWire(model, world)];
  });
  logs = new CloudWatchLogsClient(aws.client);
});
afterEach(() => aws.stop());

const messages = (events: { message?: string | undefined }[] | undefined) =>
  events?.map(({ message }) => message);

it('messages of functions appear in a group and stream that they create', async () => {
  model.append(logGroupName, '2026/11/21/[$LATEST]1', 'START');
  const { logGroups } = await logs.send(
    new DescribeLogGroupsCommand({ logGroupNamePrefix: '/aws/lambda/' }),
  );
  expect(logGroups).toMatchObject([
    { logGroupName, arn: `arn:aws:logs:eu-west-1:111122223333:log-group:${logGroupName}:*` },
  ]);
  const { logStreams } = await logs.send(new DescribeLogStreamsCommand({ logGroupName }));
  expect(logStreams?.map((stream) => stream.logStreamName)).toEqual(['2026/11/21/[$LATEST]1']);
});

it('a group is read by its name or its identifier, not by both', async () => {
  model.append(logGroupName, 's', 'one');
  const get = (more: object) =>
    logs.send(new GetLogEventsCommand({ logStreamName: 's', logGroupName: undefined, ...more }));
  const logGroupIdentifier = `arn:aws:logs:eu-west-1:111122223333:log-group:${logGroupName}`;
  expect(messages((await get({ logGroupIdentifier })).events)).toEqual(['one']);
  for (const both of [{ logGroupName, logGroupIdentifier }, {}]) {
    await expect(get(both)).rejects.toMatchObject({ name: 'InvalidParameterException' });
  }
});

it('GetLogEvents gives the latest events first and pages both ways to a repeated token', async () => {
  for (let index = 0; index < 5; index++) model.append(logGroupName, 's', `m${index}`);
  const get = (more: object) =>
    logs.send(new GetLogEventsCommand({ logGroupName, logStreamName: 's', limit: 2, ...more }));
  const latest = await get({});
  expect(messages(latest.events)).toEqual(['m3', 'm4']);
  const before = await get({ nextToken: latest.nextBackwardToken });
  expect(messages(before.events)).toEqual(['m1', 'm2']);
  const head = await get({ startFromHead: true });
  expect(messages(head.events)).toEqual(['m0', 'm1']);
  const end = await get({ nextToken: latest.nextForwardToken });
  expect(end.events).toEqual([]);
  expect(end.nextForwardToken).toBe(latest.nextForwardToken);
});

it('FilterLogEvents finds terms in all streams, in order of time, page by page', async () => {
  model.append(logGroupName, 'b', 'ERROR one');
  model.append(logGroupName, 'a', 'INFO');
  model.append(logGroupName, 'a', 'ERROR two');
  const filter = (more: object) =>
    logs.send(
      new FilterLogEventsCommand({ logGroupName, filterPattern: 'ERROR', limit: 1, ...more }),
    );
  const first = await filter({});
  const second = await filter({ nextToken: first.nextToken });
  expect(first.events).toMatchObject([{ logStreamName: 'b', message: 'ERROR one' }]);
  expect(second.events).toMatchObject([{ logStreamName: 'a', message: 'ERROR two' }]);
  expect(second.nextToken).toBeUndefined();
});

it('PutLogEvents writes with the timestamps that it is given', async () => {
  await logs.send(new CreateLogGroupCommand({ logGroupName: 'g' }));
  await logs.send(new CreateLogStreamCommand({ logGroupName: 'g', logStreamName: 's' }));
  const now = aws.world.clock.now();
  await logs.send(
    new PutLogEventsCommand({
      logGroupName: 'g',
      logStreamName: 's',
      logEvents: [
        { message: 'first', timestamp: now - 2_000 },
        { message: 'third', timestamp: now },
      ],
    }),
  );
  await logs.send(
    new PutLogEventsCommand({
      logGroupName: 'g',
      logStreamName: 's',
      logEvents: [{ message: 'second', timestamp: now - 1_000 }],
    }),
  );
  const { events } = await logs.send(
    new GetLogEventsCommand({ logGroupName: 'g', logStreamName: 's' }),
  );
  expect(events).toMatchObject([
    { message: 'first', timestamp: now - 2_000 },
    { message: 'second', timestamp: now - 1_000 },
    { message: 'third', timestamp: now },
  ]);
});

it('FilterLogEvents takes names of streams or a prefix of them, not both', async () => {
  const both = { logGroupName, logStreamNames: ['a'], logStreamNamePrefix: 'a' };
  await expect(logs.send(new FilterLogEventsCommand(both))).rejects.toMatchObject({
    name: 'InvalidParameterException',
  });
});

it('groups that exist twice, or not at all, are typed exceptions', async () => {
  await logs.send(new CreateLogGroupCommand({ logGroupName: 'g' }));
  await expect(logs.send(new CreateLogGroupCommand({ logGroupName: 'g' }))).rejects.toBeInstanceOf(
    ResourceAlreadyExistsException,
  );
  await expect(
    logs.send(new FilterLogEventsCommand({ logGroupName: 'absent' })),
  ).rejects.toBeInstanceOf(ResourceNotFoundException);
});
