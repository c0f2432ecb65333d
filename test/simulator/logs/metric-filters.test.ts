import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DeleteMetricFilterCommand,
  DescribeLogGroupsCommand,
  DescribeMetricFiltersCommand,
  type MetricTransformation,
  PutMetricFilterCommand,
  PutSubscriptionFilterCommand,
  TestMetricFilterCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { LogsModel } from '../../../simulator/logs/model.ts';
import { logsWire } from '../../../simulator/logs/wire.ts';
import { type SimulatedAws, simulatedAws } from '../wire/simulated-aws.ts';

let aws: SimulatedAws;
let logs: CloudWatchLogsClient;
let model: LogsModel;
let metrics: unknown[];

beforeEach(async () => {
  metrics = [];
  aws = await simulatedAws((world) => {
    model = new LogsModel(world);
    world.provide('cloudwatch', {
      alarmStates: () => [],
      holdMetric: () => {},
      putMetric: (metric) => metrics.push(metric),
    });
    return [logsWire(model, world)];
  });
  logs = new CloudWatchLogsClient(aws.client);
  await logs.send(new CreateLogGroupCommand({ logGroupName: 'g' }));
});
afterEach(() => aws.stop());

const transformation: MetricTransformation = {
  metricNamespace: 'Shop',
  metricName: 'Errors',
  metricValue: '1',
};
const put = (filterPattern: string, more: Partial<MetricTransformation> = {}, filterName = 'f') =>
  logs.send(
    new PutMetricFilterCommand({
      logGroupName: 'g',
      filterName,
      filterPattern,
      metricTransformations: [{ ...transformation, ...more }],
    }),
  );

it('a metric filter makes a metric of the events that match', async () => {
  await put('ERROR');
  model.append('g', 's', 'an ERROR');
  model.append('g', 's', 'fine');
  expect(metrics).toEqual([{ namespace: 'Shop', name: 'Errors', dimensions: {}, value: 1 }]);
});

it('a metric filter takes value and dimensions from JSON', async () => {
  await put('{ $.ms > 0 }', { metricValue: '$.ms', dimensions: { Path: '$.path' } });
  model.append('g', 's', '{"ms":12.5,"path":"/cart"}');
  model.append('g', 's', '{"ms":"slow","path":"/cart"}');
  expect(metrics).toEqual([
    { namespace: 'Shop', name: 'Errors', dimensions: { Path: '/cart' }, value: 12.5 },
  ]);
});

it('a default value stands for a minute without a match', async () => {
  await put('ERROR', { defaultValue: 0 });
  model.append('g', 's', 'fine');
  model.append('g', 's', 'fine');
  model.append('g', 's', 'ERROR');
  model.append('g', 's', 'fine');
  expect(metrics).toMatchObject([{ value: 0 }, { value: 1 }]);
});

it('metric filters are described, counted and deleted', async () => {
  await put('ERROR');
  await put('WARN', { metricName: 'Warnings' }, 'warnings');
  const list = async (filter: object) =>
    (await logs.send(new DescribeMetricFiltersCommand(filter))).metricFilters;
  expect(await list({ logGroupName: 'g', filterNamePrefix: 'f' })).toEqual([
    {
      filterName: 'f',
      filterPattern: 'ERROR',
      metricTransformations: [transformation],
      creationTime: expect.any(Number),
      logGroupName: 'g',
    },
  ]);
  expect(await list({ metricName: 'Warnings', metricNamespace: 'Shop' })).toHaveLength(1);
  const { logGroups } = await logs.send(new DescribeLogGroupsCommand({}));
  expect(logGroups).toMatchObject([{ metricFilterCount: 2 }]);
  const remove = () =>
    logs.send(new DeleteMetricFilterCommand({ logGroupName: 'g', filterName: 'f' }));
  await remove();
  await expect(remove()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

it.each([
  [{ metricValue: 'many' }],
  [{ metricNamespace: 'AWS/Shop' }],
  [{ defaultValue: 0, dimensions: { a: '$.a' } }],
])('refuses the transformation %s', async (more) => {
  await expect(put('ERROR', more)).rejects.toMatchObject({ name: 'InvalidParameterException' });
});

it('TestMetricFilter shows matches with what they yield', async () => {
  const { matches } = await logs.send(
    new TestMetricFilterCommand({
      filterPattern: '[ip, status = 5*]',
      logEventMessages: ['10.0.0.1 200', '10.0.0.2 503'],
    }),
  );
  expect(matches).toEqual([
    {
      eventNumber: 2,
      eventMessage: '10.0.0.2 503',
      extractedValues: { $ip: '10.0.0.2', $status: '503' },
    },
  ]);
});

it('subscription filters are refused by name', async () => {
  await expect(
    logs.send(
      new PutSubscriptionFilterCommand({
        logGroupName: 'g',
        filterName: 'f',
        filterPattern: '',
        destinationArn: 'arn:aws:lambda:eu-west-1:111122223333:function:f',
      }),
    ),
  ).rejects.toMatchObject({
    name: 'NotImplemented',
    message: expect.stringContaining('PutSubscriptionFilter'),
  });
});
