import {
  CloudWatchClient,
  DashboardInvalidInputError,
  DeleteAlarmsCommand,
  DeleteDashboardsCommand,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  DescribeAlarmsForMetricCommand,
  DisableAlarmActionsCommand,
  EnableAlarmActionsCommand,
  GetDashboardCommand,
  ListDashboardsCommand,
  ListTagsForResourceCommand,
  PutCompositeAlarmCommand,
  PutDashboardCommand,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
  SetAlarmStateCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CloudWatchModel } from '../../../simulator/cloudwatch/model.ts';
import { cloudwatchWire } from '../../../simulator/cloudwatch/wire.ts';
import { AwsError } from '../../../simulator/core/aws-error.ts';
import { type SimulatedAws, simulatedAws } from '../wire/simulated-aws.ts';

let aws: SimulatedAws;
let client: CloudWatchClient;
let topics: string[];

const topic = 'arn:aws:sns:eu-west-1:111122223333:ops';
const gone = 'arn:aws:sns:eu-west-1:111122223333:gone';
const alarmArn = 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:errors';
const metric = {
  Namespace: 'Shop',
  MetricName: 'Errors',
  Dimensions: [
    { Name: 'Service', Value: 'shop' },
    { Name: 'Zone', Value: 'a' },
  ],
};

beforeEach(async () => {
  topics = [];
  aws = await simulatedAws((world) => {
    world.provide('events', { publish: () => 'id', redeliver: () => {} });
    world.provide('sns', {
      publish: (topicArn) => {
        if (topicArn === gone) throw new AwsError('NotFoundException', 'Topic does not exist');
        topics.push(topicArn);
        return 'id';
      },
    });
    return [cloudwatchWire(new CloudWatchModel(world), world)];
  });
  client = new CloudWatchClient(aws.client);
  await client.send(
    new PutMetricAlarmCommand({
      AlarmName: 'errors',
      ...metric,
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 2,
      DatapointsToAlarm: 1,
      Threshold: 10,
      ComparisonOperator: 'GreaterThanThreshold',
      AlarmActions: [topic, gone],
      Tags: [{ Key: 'team', Value: 'shop' }],
    }),
  );
});
afterEach(() => aws.stop());

const describeAll = (filter: object) => client.send(new DescribeAlarmsCommand(filter));
const errors = async () => (await describeAll({ AlarmNames: ['errors'] })).MetricAlarms?.[0];

describe('the reason of a state, in the words of CloudWatch', () => {
  const put = (Value: number) =>
    client.send(
      new PutMetricDataCommand({
        Namespace: 'Shop',
        MetricData: [{ MetricName: 'Errors', Dimensions: metric.Dimensions, Value }],
      }),
    );

  it('names data points, threshold and transition', async () => {
    await put(12.5);
    await aws.world.clock.sleep(60_000);
    expect(await errors()).toMatchObject({
      StateValue: 'ALARM',
      StateReason:
        'Threshold Crossed: 1 out of the last 2 datapoints [12.5 (21/11/26 09:00:00)] was greater than the threshold (10.0) (minimum 1 datapoint for OK -> ALARM transition).',
    });
    const { StateReasonData = '' } = (await errors()) ?? {};
    expect(JSON.parse(StateReasonData)).toEqual({
      version: '1.0',
      queryDate: '2026-11-21T09:01:00.000+0000',
      startDate: '2026-11-21T09:00:00.000+0000',
      statistic: 'Sum',
      period: 60,
      recentDatapoints: [12.5],
      threshold: 10,
      evaluatedDatapoints: [{ timestamp: '2026-11-21T09:00:00.000+0000', value: 12.5 }],
    });
    await put(3);
    await aws.world.clock.sleep(60_000);
    await put(3);
    await aws.world.clock.sleep(60_000);
    expect((await errors())?.StateReason).toBe(
      'Threshold Crossed: 2 out of the last 2 datapoints [3.0 (21/11/26 09:02:00), 3.0 (21/11/26 09:01:00)] were not greater than the threshold (10.0) (minimum 2 datapoints for ALARM -> OK transition).',
    );
  });
});

it('the history has the data of the reasons of both states', async () => {
  const set = (StateValue: 'ALARM' | 'OK', StateReasonData?: string) =>
    client.send(
      new SetAlarmStateCommand({
        AlarmName: 'errors',
        StateValue,
        StateReason: 'tried',
        ...(StateReasonData && { StateReasonData }),
      }),
    );
  await set('ALARM', '{"points":[1]}');
  await set('OK');
  const asked = { AlarmName: 'errors', HistoryItemType: 'StateUpdate', MaxRecords: 1 } as const;
  const { AlarmHistoryItems = [] } = await client.send(new DescribeAlarmHistoryCommand(asked));
  expect(JSON.parse(AlarmHistoryItems[0]?.HistoryData ?? '')).toEqual({
    version: '1.0',
    oldState: { stateValue: 'ALARM', stateReason: 'tried', stateReasonData: { points: [1] } },
    newState: { stateValue: 'OK', stateReason: 'tried' },
  });
  await expect(set('ALARM', '{')).rejects.toMatchObject({ name: 'InvalidFormatFault' });
});

it('the history tells of configuration, states and actions, newest first', async () => {
  await client.send(
    new SetAlarmStateCommand({ AlarmName: 'errors', StateValue: 'ALARM', StateReason: 'tried' }),
  );
  const history = async (more: object = {}) =>
    (await client.send(new DescribeAlarmHistoryCommand({ AlarmName: 'errors', ...more })))
      .AlarmHistoryItems ?? [];
  const items = await history();
  expect(items.map((item) => [item.HistoryItemType, item.HistorySummary])).toEqual([
    ['Action', `Failed to execute action ${gone}`],
    ['Action', `Successfully executed action ${topic}`],
    ['StateUpdate', 'Alarm updated from INSUFFICIENT_DATA to ALARM'],
    ['ConfigurationUpdate', 'Alarm "errors" created'],
  ]);
  expect(items[0]).toMatchObject({ AlarmName: 'errors', AlarmType: 'MetricAlarm' });
  const [update] = await history({ HistoryItemType: 'StateUpdate' });
  expect(JSON.parse(update?.HistoryData ?? '')).toMatchObject({
    oldState: { stateValue: 'INSUFFICIENT_DATA' },
    newState: { stateValue: 'ALARM', stateReason: 'tried' },
  });
  const [oldest] = await history({ ScanBy: 'TimestampAscending', MaxRecords: 1 });
  expect(oldest?.HistoryItemType).toBe('ConfigurationUpdate');
  expect(await history({ AlarmTypes: ['CompositeAlarm'] })).toEqual([]);
  expect(topics).toEqual([topic]);
});

it('alarms are found by their metric, with exactly its dimensions in any order', async () => {
  const find = async (more: object) =>
    (
      await client.send(new DescribeAlarmsForMetricCommand({ ...metric, ...more }))
    ).MetricAlarms?.map(({ AlarmName }) => AlarmName);
  expect(await find({ Dimensions: metric.Dimensions.toReversed() })).toEqual(['errors']);
  expect(await find({ Period: 60, Statistic: 'Sum' })).toEqual(['errors']);
  expect(await find({ Period: 300 })).toEqual([]);
  expect(await find({ Dimensions: [] })).toEqual([]);
});

it('actions are disabled and enabled', async () => {
  await client.send(new DisableAlarmActionsCommand({ AlarmNames: ['errors'] }));
  expect((await errors())?.ActionsEnabled).toBe(false);
  await client.send(
    new SetAlarmStateCommand({ AlarmName: 'errors', StateValue: 'ALARM', StateReason: 'x' }),
  );
  expect(topics).toEqual([]);
  await client.send(new EnableAlarmActionsCommand({ AlarmNames: ['errors'] }));
  expect((await errors())?.ActionsEnabled).toBe(true);
});

it('composite alarms are described apart, with parents and children', async () => {
  await client.send(
    new PutCompositeAlarmCommand({
      AlarmName: 'shop',
      AlarmRule: 'ALARM(errors)',
      OKActions: [topic],
    }),
  );
  expect((await describeAll({})).CompositeAlarms).toEqual([]);
  const { CompositeAlarms, MetricAlarms } = await describeAll({ AlarmTypes: ['CompositeAlarm'] });
  expect(MetricAlarms).toEqual([]);
  expect(CompositeAlarms).toMatchObject([
    { AlarmName: 'shop', AlarmRule: 'ALARM(errors)', ActionsEnabled: true, StateValue: 'OK' },
  ]);
  expect((await describeAll({ ChildrenOfAlarmName: 'shop' })).MetricAlarms).toHaveLength(1);
  expect((await describeAll({ ParentsOfAlarmName: 'errors' })).CompositeAlarms).toHaveLength(1);
  await expect(
    client.send(
      new PutCompositeAlarmCommand({
        AlarmName: 's',
        AlarmRule: 'TRUE',
        ActionsSuppressor: 'errors',
      }),
    ),
  ).rejects.toMatchObject({
    name: 'NotImplemented',
    message: expect.stringContaining('ActionsSuppressor'),
  });
});

it('tags outlive an update of the alarm, not its deletion', async () => {
  const tags = async () =>
    (await client.send(new ListTagsForResourceCommand({ ResourceARN: alarmArn }))).Tags;
  await client.send(
    new TagResourceCommand({ ResourceARN: alarmArn, Tags: [{ Key: 'a', Value: '1' }] }),
  );
  await client.send(
    new PutMetricAlarmCommand({
      AlarmName: 'errors',
      ...metric,
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 5,
      ComparisonOperator: 'GreaterThanThreshold',
    }),
  );
  expect(await tags()).toEqual([
    { Key: 'team', Value: 'shop' },
    { Key: 'a', Value: '1' },
  ]);
  await client.send(new UntagResourceCommand({ ResourceARN: alarmArn, TagKeys: ['a'] }));
  expect(await tags()).toEqual([{ Key: 'team', Value: 'shop' }]);
  await client.send(new DeleteAlarmsCommand({ AlarmNames: ['errors'] }));
  await expect(tags()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

it('dashboards are kept as they are written', async () => {
  const DashboardBody = JSON.stringify({ widgets: [] });
  await client.send(new PutDashboardCommand({ DashboardName: 'shop', DashboardBody }));
  expect(await client.send(new GetDashboardCommand({ DashboardName: 'shop' }))).toMatchObject({
    DashboardArn: 'arn:aws:cloudwatch::111122223333:dashboard/shop',
    DashboardBody,
    DashboardName: 'shop',
  });
  const { DashboardEntries } = await client.send(
    new ListDashboardsCommand({ DashboardNamePrefix: 'sh' }),
  );
  expect(DashboardEntries).toMatchObject([{ DashboardName: 'shop', Size: DashboardBody.length }]);
  await expect(
    client.send(new PutDashboardCommand({ DashboardName: 'shop', DashboardBody: '{' })),
  ).rejects.toBeInstanceOf(DashboardInvalidInputError);
  await client.send(new DeleteDashboardsCommand({ DashboardNames: ['shop'] }));
  await expect(
    client.send(new GetDashboardCommand({ DashboardName: 'shop' })),
  ).rejects.toMatchObject({ name: 'ResourceNotFound', message: 'Dashboard shop does not exist' });
});
