import { expect, it } from 'vitest';
import {
  fifoCallsPerSecond,
  snsMessagesPerSecond,
} from '../../../simulator/quotas/messaging-quotas.ts';
import { requestQuotasIn } from '../../../simulator/quotas/request-quotas.ts';
import type { ServiceName } from '../../../simulator/wire/operation.ts';

/** `BURST/REFILL` of the operation's bucket in each Region. */
function figures(service: ServiceName, operation: string, regions: readonly string[]): string[] {
  return regions.map((region) => {
    const found = requestQuotasIn(region).filter(
      (quota) =>
        quota.service === service &&
        (quota.operations instanceof RegExp
          ? quota.operations.test(operation)
          : quota.operations.includes(operation)),
    );
    expect(found).toHaveLength(1);
    return `${found[0]?.burst}/${found[0]?.perSecond}`;
  });
}

it.each([
  ['StartExecution', '1300/300', '800/150'],
  ['RedriveExecution', '1300/300', '800/150'],
  ['StopExecution', '1000/200', '500/25'],
  ['SendTaskSuccess', '3000/500', '1500/300'],
  ['DescribeExecution', '300/15', '250/10'],
  ['ListExecutions', '200/5', '100/2'],
  ['ListActivities', '100/10', '100/5'],
  ['DescribeStateMachine', '200/20', '200/20'],
])('sfn %s has %s in the three largest Regions, %s elsewhere', (operation, large, small) => {
  expect(figures('sfn', operation, ['us-east-1', 'us-west-2', 'eu-west-1'])).toEqual(
    Array(3).fill(large),
  );
  expect(figures('sfn', operation, ['us-east-2', 'eu-central-1', 'sa-east-1'])).toEqual(
    Array(3).fill(small),
  );
});

const regions = [
  'us-east-1',
  'us-west-2',
  'eu-central-1',
  'ap-northeast-1',
  'eu-west-3',
  'me-south-1',
];

it.each([
  ['eventbridge', 'PutEvents', [10_000, 10_000, 2_400, 1_200, 600, 400]],
  ['eventbridge', 'PutRule', [50, 50, 50, 50, 50, 50]],
  ['sns', 'SetTopicAttributes', [3_000, 900, 150, 150, 30, 30]],
  ['sns', 'Subscribe', [100, 100, 100, 100, 100, 100]],
  ['cloudwatch-logs', 'FilterLogEvents', [25, 10, 5, 10, 10, 10]],
  ['cloudwatch-logs', 'GetLogEvents', [25, 10, 10, 25, 30, 25]],
  ['cloudwatch-logs', 'CreateLogGroup', [10, 10, 10, 10, 10, 10]],
  ['ecr', 'PutImage', [10, 10, 10, 10, 10, 10]],
] as const)('%s %s by Region', (service, operation, perSecond) => {
  expect(figures(service, operation, regions)).toEqual(perSecond.map((rate) => `${rate}/${rate}`));
});

it('messages to topics and calls of FIFO queues by Region', () => {
  expect(regions.map(snsMessagesPerSecond)).toEqual([30_000, 9_000, 1_500, 1_500, 300, 300]);
  expect(regions.map((region) => fifoCallsPerSecond(region, true))).toEqual([
    70_000, 70_000, 19_000, 9_000, 2_400, 2_400,
  ]);
  expect(regions.map((region) => fifoCallsPerSecond(region, false))).toEqual(Array(6).fill(300));
});
