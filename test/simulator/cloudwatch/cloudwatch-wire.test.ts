import { gzipSync } from 'node:zlib';
import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
  ResourceNotFound,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import { AwsQueryProtocol, AwsSmithyRpcV2CborProtocol } from '@aws-sdk/core/protocols';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CloudWatchModel } from '../../../simulator/cloudwatch/model.ts';
import { cloudwatchWire } from '../../../simulator/cloudwatch/wire.ts';
import { type SimulatedAws, simulatedAws } from '../wire/simulated-aws.ts';

let aws: SimulatedAws;
let model: CloudWatchModel;

beforeEach(async () => {
  aws = await simulatedAws((world) => {
    model = new CloudWatchModel(world);
    world.provide('events', { publish: () => 'id', redeliver: () => {} });
    return [cloudwatchWire(model, world)];
  });
});
afterEach(() => aws.stop());

const at = (time: string) => new Date(`2026-11-21T${time}Z`);
const protocols = {
  JSON: undefined,
  Query: new AwsQueryProtocol({
    defaultNamespace: 'com.amazonaws.cloudwatch',
    xmlNamespace: 'http://monitoring.amazonaws.com/doc/2010-08-01/',
    version: '2010-08-01',
  }),
  CBOR: new AwsSmithyRpcV2CborProtocol({
    defaultNamespace: 'com.amazonaws.cloudwatch',
    awsQueryCompatible: true,
  }),
};

describe.each(Object.entries(protocols))('CloudWatch over %s', (_, protocol) => {
  const client = () => new CloudWatchClient(protocol ? { ...aws.client, protocol } : aws.client);
  const Dimensions = [{ Name: 'Service', Value: 'shop' }];

  it('keeps metrics and answers their statistics', async () => {
    const datum = { MetricName: 'Latency', Dimensions, Unit: 'Milliseconds' as const };
    await client().send(
      new PutMetricDataCommand({
        Namespace: 'Rehearsal',
        MetricData: [
          { ...datum, Timestamp: at('08:50:01'), Values: [10, 20], Counts: [3, 1] },
          { ...datum, Timestamp: at('08:50:59'), Value: 40 },
          { ...datum, Timestamp: at('08:52:00'), Value: 5 },
        ],
      }),
    );
    const window = { StartTime: at('08:50:00'), EndTime: at('09:00:00') };
    const id = { Namespace: 'Rehearsal', MetricName: 'Latency', Dimensions };
    const answer = await client().send(
      new GetMetricStatisticsCommand({
        ...id,
        ...window,
        Period: 60,
        Statistics: ['Average', 'Sum', 'SampleCount', 'Minimum', 'Maximum'],
        ExtendedStatistics: ['p50'],
      }),
    );
    expect(answer.Datapoints).toEqual([
      {
        Timestamp: at('08:50:00'),
        Unit: 'Milliseconds',
        Average: 18,
        Sum: 90,
        SampleCount: 5,
        Minimum: 10,
        Maximum: 40,
        ExtendedStatistics: { p50: 10 },
      },
      expect.objectContaining({ Timestamp: at('08:52:00'), Sum: 5 }),
    ]);
    const data = await client().send(
      new GetMetricDataCommand({
        ...window,
        MetricDataQueries: [
          { Id: 'm1', MetricStat: { Metric: id, Period: 60, Stat: 'Sum' }, ReturnData: false },
          { Id: 'e1', Expression: 'm1 / 10' },
        ],
      }),
    );
    expect(data.MetricDataResults).toEqual([
      {
        Id: 'e1',
        Label: 'e1',
        Timestamps: [at('08:52:00'), at('08:50:00')],
        Values: [0.5, 9],
        StatusCode: 'Complete',
      },
    ]);
    const { Metrics } = await client().send(new ListMetricsCommand({ Namespace: 'Rehearsal' }));
    expect(Metrics).toEqual([id]);
  });

  it('keeps alarms through create, set, describe and delete', async () => {
    await client().send(
      new PutMetricAlarmCommand({
        AlarmName: 'shop-5xx',
        Namespace: 'Rehearsal',
        MetricName: 'Errors',
        Statistic: 'Sum',
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 1.5,
        ComparisonOperator: 'GreaterThanThreshold',
        TreatMissingData: 'notBreaching',
      }),
    );
    await client().send(
      new SetAlarmStateCommand({
        AlarmName: 'shop-5xx',
        StateValue: 'ALARM',
        StateReason: 'rehearsed',
      }),
    );
    const { MetricAlarms } = await client().send(
      new DescribeAlarmsCommand({ AlarmNamePrefix: 'shop', StateValue: 'ALARM' }),
    );
    expect(MetricAlarms).toMatchObject([
      {
        AlarmName: 'shop-5xx',
        Threshold: 1.5,
        StateReason: 'rehearsed',
        StateUpdatedTimestamp: expect.any(Date),
        ActionsEnabled: true,
      },
    ]);
    await client().send(new DeleteAlarmsCommand({ AlarmNames: ['shop-5xx'] }));
    await expect(
      client().send(
        new SetAlarmStateCommand({ AlarmName: 'shop-5xx', StateValue: 'OK', StateReason: 'x' }),
      ),
    ).rejects.toBeInstanceOf(ResourceNotFound);
  });
});

it('gzip bodies are read, broken ones refused', async () => {
  const post = (body: Buffer) =>
    fetch(aws.endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': 'GraniteServiceVersion20100801.PutMetricData',
        'content-encoding': 'gzip',
      },
      body: new Uint8Array(body),
    });
  const MetricData = [{ MetricName: 'm', Value: 7 }];
  const text = JSON.stringify({ Namespace: 'n', MetricData });
  expect((await post(gzipSync(text))).status).toBe(200);
  expect(model.metrics.list({ name: 'm' })).toHaveLength(1);
  const broken = await post(Buffer.from(text));
  expect(broken.status).toBe(400);
  expect(await broken.json()).toMatchObject({ message: expect.stringContaining('gzip') });
});
