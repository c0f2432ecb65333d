import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  PutCompositeAlarmCommand,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
  StandardUnit,
} from '@aws-sdk/client-cloudwatch';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CloudWatchModel } from '../../../simulator/cloudwatch/model.ts';
import { cloudwatchWire } from '../../../simulator/cloudwatch/wire.ts';
import { type SimulatedAws, simulatedAws } from '../wire/simulated-aws.ts';

let aws: SimulatedAws;
let client: CloudWatchClient;

beforeEach(async () => {
  aws = await simulatedAws((world) => {
    world.provide('events', { publish: () => 'id', redeliver: () => {} });
    return [cloudwatchWire(new CloudWatchModel(world), world)];
  });
  client = new CloudWatchClient(aws.client);
});
afterEach(() => aws.stop());

const alarm = (AlarmName: string, more = {}) =>
  client.send(
    new PutMetricAlarmCommand({
      AlarmName,
      Namespace: 'Shop',
      MetricName: 'Errors',
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 0,
      ComparisonOperator: 'GreaterThanThreshold',
      ...more,
    }),
  );
const composite = (AlarmName: string, AlarmRule: string) =>
  client.send(new PutCompositeAlarmCommand({ AlarmName, AlarmRule }));
const remove = (...AlarmNames: string[]) => client.send(new DeleteAlarmsCommand({ AlarmNames }));
const names = async () => {
  const AlarmTypes = ['MetricAlarm', 'CompositeAlarm'] as const;
  const described = await client.send(new DescribeAlarmsCommand({ AlarmTypes: [...AlarmTypes] }));
  const { MetricAlarms = [], CompositeAlarms = [] } = described;
  return [...MetricAlarms, ...CompositeAlarms].map(({ AlarmName }) => AlarmName);
};

describe('deletion of alarms', () => {
  beforeEach(async () => {
    for (const name of ['a', 'b', 'free']) await alarm(name);
    await composite('any', 'ALARM(a) OR ALARM(b)');
  });

  it('is refused whole while a composite alarm depends on one of them', async () => {
    await expect(remove('free', 'a')).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'Cannot delete a as there are composite alarm(s) depending on it.',
    });
    await expect(remove('a', 'b')).rejects.toThrow(
      'Cannot delete a,b as there are composite alarm(s) depending on them.',
    );
    expect(await names()).toEqual(['a', 'b', 'free', 'any']);
  });

  it('takes alarms together with the one composite alarm that depends on them', async () => {
    await remove('any', 'a', 'b', 'nobody');
    expect(await names()).toEqual(['free']);
  });

  it('takes no two composite alarms at once', async () => {
    await composite('other', 'ALARM(free)');
    await expect(remove('any', 'other')).rejects.toMatchObject({ name: 'ValidationException' });
    expect(await names()).toEqual(['a', 'b', 'free', 'any', 'other']);
  });
});

it.each([
  [60, 1440, 60, 1441, 'day (EvaluationPeriods * Period must be <= 86400)'],
  [3600, 168, 3600, 169, 'week (EvaluationPeriods * Period must be <= 604800) for alarms using'],
  [86_400, 7, 86_400, 8, 'week (EvaluationPeriods * Period must be <= 604800) for alarms using'],
])('an alarm of %d s looks back over %d periods, none over %d s by %d', async (...row) => {
  const [Period, EvaluationPeriods, longPeriod, morePeriods, words] = row;
  await alarm('long', { Period, EvaluationPeriods });
  await expect(
    alarm('longer', { Period: longPeriod, EvaluationPeriods: morePeriods }),
  ).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining(`Metrics cannot be checked across more than a ${words}`),
  });
});

it('an alarm looks every 10 seconds at most', async () => {
  await alarm('short', { Period: 10 });
  await expect(alarm('shorter', { Period: 5 })).rejects.toMatchObject({
    name: 'ValidationException',
    message: 'Period 5 must be 10, 20, 30 or a multiple of 60 seconds',
  });
});

it('alarms are described by their names or by a prefix', async () => {
  const both = { AlarmNames: ['a'], AlarmNamePrefix: 'a' };
  await expect(client.send(new DescribeAlarmsCommand(both))).rejects.toMatchObject({
    name: 'ValidationException',
  });
});

describe('a data point', () => {
  const put = (datum: object) =>
    client.send(
      new PutMetricDataCommand({
        Namespace: 'Shop',
        MetricData: [
          { MetricName: 'Fine', Value: 1 },
          { MetricName: 'Errors', Value: 1, ...datum },
        ],
      }),
    );
  const dimensions = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ Name: `d${index}`, Value: 'x' }));

  it('has 30 dimensions, 150 values and any unit of the model', async () => {
    await put({ Dimensions: dimensions(30) });
    await put({ Value: undefined, Values: Array(150).fill(1) });
    for (const StorageResolution of [1, 60]) await put({ Value: -(2 ** 360), StorageResolution });
    for (const Unit of Object.values(StandardUnit)) await put({ Unit });
  });

  it.each([
    [
      { Dimensions: dimensions(31) },
      'The collection MetricData.member.2.Dimensions must not have a size greater than 30.',
    ],
    [
      { Value: undefined, Values: Array(151).fill(1) },
      'The collection MetricData.member.2.Values must not have a size greater than 150.',
    ],
    [{ Unit: 'Furlongs' }, 'The value Furlongs for parameter MetricData.member.2.Unit is invalid.'],
    [{ Value: 3e108 }, 'The value 3e+108 for parameter MetricData.member.2.Value is invalid.'],
    [
      { Value: undefined, Values: [1, -3e108] },
      'The value -3e+108 for parameter MetricData.member.2.Values.member.2 is invalid.',
    ],
    [
      { StorageResolution: 5 },
      'The value 5 for parameter MetricData.member.2.StorageResolution is invalid.',
    ],
    [{ Value: Number.NaN }, 'The value NaN for parameter MetricData.member.2.Value is invalid.'],
  ])('is refused with %j', async (datum, message) => {
    await expect(put(datum)).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message,
    });
  });

  it('needs the name of its metric', async () => {
    await expect(put({ MetricName: '' })).rejects.toMatchObject({
      name: 'MissingRequiredParameterException',
      message: 'The parameter MetricData.member.2.MetricName is required.',
    });
  });
});
