import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  type MetricDataQuery,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
  paginateGetMetricData,
} from '@aws-sdk/client-cloudwatch';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSimulator, type Simulator } from '../../../simulator/simulator.ts';

const startMs = Date.UTC(2026, 10, 21, 9);
const at = (minutes: number) => new Date(startMs + minutes * 60_000);

let simulator: Simulator;
let client: CloudWatchClient;
beforeEach(async () => {
  simulator = await createSimulator({ startMs });
  client = new CloudWatchClient({
    endpoint: simulator.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'me', secretAccessKey: 'me' },
  });
});
afterEach(async () => {
  client.destroy();
  await simulator.stop();
});

const query = (Id: string, MetricName: string, Unit?: 'Seconds' | 'Count'): MetricDataQuery => ({
  Id,
  MetricStat: { Metric: { Namespace: 'shop', MetricName }, Period: 60, Stat: 'Sum', Unit },
});
const put = (MetricName: string, minutes: number, Value: number, Unit?: 'Seconds' | 'Count') =>
  client.send(
    new PutMetricDataCommand({
      Namespace: 'shop',
      MetricData: [{ MetricName, Value, Unit, Timestamp: at(minutes) }],
    }),
  );

describe('GetMetricData', () => {
  const span = { StartTime: at(0), EndTime: at(10), ScanBy: 'TimestampAscending' } as const;

  it('pages within and across results, and says which are partial', async () => {
    for (const minutes of [0, 1, 2]) await put('orders', minutes, minutes + 1);
    await put('refunds', 1, 9);
    const MetricDataQueries = [query('o', 'orders'), query('r', 'refunds'), query('n', 'nothing')];
    const pages = [];
    for await (const page of paginateGetMetricData(
      { client },
      { ...span, MetricDataQueries, MaxDatapoints: 2 },
    )) {
      pages.push(page.MetricDataResults?.map((r) => [r.Id, r.Values, r.StatusCode]));
    }
    expect(pages).toEqual([
      [
        ['o', [1, 2], 'PartialData'],
        ['n', [], 'Complete'],
      ],
      [
        ['o', [3], 'Complete'],
        ['r', [9], 'Complete'],
      ],
    ]);
  });

  it('refuses a token that is not its own', async () => {
    await expect(
      client.send(
        new GetMetricDataCommand({
          ...span,
          MetricDataQueries: [query('o', 'orders')],
          NextToken: 'AAAA',
        }),
      ),
    ).rejects.toMatchObject({ name: 'InvalidNextToken' });
  });

  it('reads one unit where it is asked for one, else all', async () => {
    await put('wait', 1, 2, 'Seconds');
    await put('wait', 1, 40, 'Count');
    const { MetricDataResults } = await client.send(
      new GetMetricDataCommand({
        ...span,
        MetricDataQueries: [query('s', 'wait', 'Seconds'), query('a', 'wait')],
      }),
    );
    expect(MetricDataResults?.map(({ Values }) => Values)).toEqual([[2], [42]]);
    const { Datapoints } = await client.send(
      new GetMetricStatisticsCommand({
        Namespace: 'shop',
        MetricName: 'wait',
        StartTime: at(0),
        EndTime: at(10),
        Period: 60,
        Statistics: ['Sum'],
      }),
    );
    expect(Datapoints?.map(({ Unit, Sum }) => [Unit, Sum])).toEqual([
      ['Seconds', 2],
      ['Count', 40],
    ]);
  });

  it('refuses to answer more than 1,440 data points, and says how many were asked for', async () => {
    const asked = new GetMetricStatisticsCommand({
      Namespace: 'shop',
      MetricName: 'wait',
      StartTime: at(0),
      EndTime: at(2_000.5),
      Period: 60,
      Statistics: ['Sum'],
    });
    await expect(client.send(asked)).rejects.toThrow(
      'You have requested up to 2,001 datapoints, which exceeds the limit of 1,440. You may reduce the datapoints requested by increasing Period, or decreasing the time range.',
    );
  });
});

it('leaves an alarm without data whose Unit nobody publishes', async () => {
  await put('wait', 0, 9, 'Seconds');
  const alarm = (AlarmName: string, Unit: 'Seconds' | 'Milliseconds') =>
    client.send(
      new PutMetricAlarmCommand({
        AlarmName,
        Namespace: 'shop',
        MetricName: 'wait',
        Unit,
        Statistic: 'Maximum',
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 5,
        ComparisonOperator: 'GreaterThanThreshold',
      }),
    );
  await alarm('right', 'Seconds');
  await alarm('wrong', 'Milliseconds');
  await simulator.world.clock.sleep(61_000);
  const { MetricAlarms } = await client.send(new DescribeAlarmsCommand({}));
  expect(
    MetricAlarms?.map(({ AlarmName, Unit, StateValue }) => [AlarmName, Unit, StateValue]),
  ).toEqual([
    ['right', 'Seconds', 'ALARM'],
    ['wrong', 'Milliseconds', 'INSUFFICIENT_DATA'],
  ]);
});
