import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CloudWatchModel } from '../../../simulator/cloudwatch/model.ts';
import type { PublishedEvent } from '../../../simulator/core/services.ts';
import type { TestWorld } from '../../support/simulator/fake-world.ts';
import { listenedAlarms } from './listened-alarms.ts';

const shop5xx: PutMetricAlarmInput = {
  AlarmName: 'shop-5xx',
  Namespace: 'AWS/ApplicationELB',
  MetricName: 'HTTPCode_Target_5XX_Count',
  Dimensions: [{ Name: 'LoadBalancer', Value: 'app/shop/1' }],
  Statistic: 'Sum',
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 10,
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  TreatMissingData: 'notBreaching',
  AlarmActions: ['arn:aws:sns:eu-west-1:111122223333:ops'],
};

let world: TestWorld;
let model: CloudWatchModel;
let events: PublishedEvent[];
let notified: { topicArn: string; subject?: string; message: string }[];

beforeEach(() => {
  ({ world, model, events, notified } = listenedAlarms());
});
afterEach(() => world.clock.stop());

const fail = (count: number, LoadBalancer = 'app/shop/1') => {
  for (let index = 0; index < count; index++) {
    model.putMetric({
      namespace: 'AWS/ApplicationELB',
      name: 'HTTPCode_Target_5XX_Count',
      dimensions: { LoadBalancer },
      value: 1,
    });
  }
};
const state = (name = 'shop-5xx') => model.alarmStates([name])[0]?.state;

describe('a metric alarm', () => {
  it('takes scaling policies as actions, beside topics that are notified', () => {
    const policy =
      'arn:aws:autoscaling:eu-west-1:111122223333:scalingPolicy:1:resource/ecs/service/a/b:policyName/up';
    model.putAlarm({ ...shop5xx, AlarmActions: [policy, ...(shop5xx.AlarmActions ?? [])] });
    model.setAlarmState('shop-5xx', 'ALARM', 'tried');
    expect(notified.map(({ topicArn }) => topicArn)).toEqual(shop5xx.AlarmActions);
  });

  it('without traffic is OK at once, where missing data does not breach', () => {
    model.putAlarm(shop5xx);
    expect(state()).toBe('OK');
  });

  it('raises at the end of the period in which the threshold was met, not below it', async () => {
    model.putAlarm(shop5xx);
    fail(9);
    await world.clock.sleep(60_000);
    expect(state()).toBe('OK');
    fail(10);
    await world.clock.sleep(60_000);
    expect(state()).toBe('ALARM');
  });

  it('raises later where its evaluation is late, and says when', async () => {
    Object.assign(world.settings, { alarmEvaluationDelayMs: 90_000 });
    // Periods are whole minutes; some milliseconds of this one are over already.
    const periodStartMs = Math.floor(world.clock.now() / 60_000) * 60_000;
    model.putAlarm(shop5xx);
    fail(10);
    await world.clock.sleep(120_000);
    expect(state()).toBe('OK');
    await world.clock.sleep(31_000);
    expect(state()).toBe('ALARM');
    const [alarm] = model.alarms();
    expect(alarm?.stateUpdatedMs).toBe(periodStartMs + 150_000);
  });

  it('counts only its own dimensions', async () => {
    model.putAlarm(shop5xx);
    fail(50, 'app/other/2');
    await world.clock.sleep(60_000);
    expect(state()).toBe('OK');
  });

  it('tells EventBridge and its topic of a state that came and went within one jump of time', async () => {
    model.putAlarm(shop5xx);
    expect(state()).toBe('OK');
    events.length = 0;
    fail(10);
    await world.clock.sleep(3_600_000);
    expect(state()).toBe('OK');
    const values = events.map(({ detail }) => (detail as { state: { value: string } }).state.value);
    expect(values).toEqual(['ALARM', 'OK']);
    expect(events[0]).toMatchObject({
      source: 'aws.cloudwatch',
      detailType: 'CloudWatch Alarm State Change',
      resources: ['arn:aws:cloudwatch:eu-west-1:111122223333:alarm:shop-5xx'],
      detail: { alarmName: 'shop-5xx', previousState: { value: 'OK' } },
    });
    expect(notified).toMatchObject([
      {
        topicArn: 'arn:aws:sns:eu-west-1:111122223333:ops',
        subject: 'ALARM: "shop-5xx" in eu-west-1',
      },
    ]);
  });

  it('needs its M of N data points', async () => {
    model.putAlarm({ ...shop5xx, EvaluationPeriods: 3, DatapointsToAlarm: 2 });
    fail(10);
    await world.clock.sleep(60_000);
    expect(state()).toBe('OK');
    fail(10);
    await world.clock.sleep(60_000);
    expect(state()).toBe('ALARM');
  });

  it('forced into a state keeps it until its next period ends', async () => {
    model.putAlarm(shop5xx);
    model.setAlarmState('shop-5xx', 'ALARM', 'rehearsing a rollback');
    await world.clock.sleep(30_000);
    expect(state()).toBe('ALARM');
    await world.clock.sleep(31_000);
    expect(state()).toBe('OK');
  });

  it('on an error rate divides two metrics and fills what is missing', async () => {
    const stat = (MetricName: string) => ({
      Metric: { Namespace: 'shop', MetricName },
      Period: 60,
      Stat: 'Sum',
    });
    model.putAlarm({
      AlarmName: 'rate',
      EvaluationPeriods: 1,
      Threshold: 0.05,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'notBreaching',
      Metrics: [
        { Id: 'errors', MetricStat: stat('Errors'), ReturnData: false },
        { Id: 'requests', MetricStat: stat('Requests'), ReturnData: false },
        { Id: 'rate', Expression: 'FILL(errors, 0) / requests', Label: 'error rate' },
      ],
    });
    const put = (name: string, value: number) =>
      model.putMetric({ namespace: 'shop', name, dimensions: {}, value });
    put('Requests', 100);
    await world.clock.sleep(60_000);
    expect(state('rate')).toBe('OK');
    put('Requests', 100);
    put('Errors', 6);
    await world.clock.sleep(60_000);
    expect(state('rate')).toBe('ALARM');
  });

  it('is evaluated by the clock alone, without making it jump', async () => {
    model.putAlarm(shop5xx);
    await world.clock.sleep(1);
    expect(events).toHaveLength(1);
    expect(world.clock.skippedMs).toBeLessThan(2);
  });

  it.each([
    [{ ComparisonOperator: 'GreaterThanUpperThreshold' as const }, 'is not simulated'],
    [{ Statistic: undefined }, 'Exactly one of Statistic and ExtendedStatistic'],
    [{ DatapointsToAlarm: 2 }, 'DatapointsToAlarm 2 must be between 1 and EvaluationPeriods 1'],
    [{ TreatMissingData: 'sometimes' }, 'must be one of missing, ignore, breaching, notBreaching'],
    [{ Period: 45 }, 'Period 45 must be'],
    [
      { AlarmActions: ['arn:aws:automate:eu-west-1:ec2:stop'] },
      'is not simulated; SNS topics and scaling policies are',
    ],
  ])('with %j is refused', (change, text) => {
    expect(() => model.putAlarm({ ...shop5xx, ...change } as PutMetricAlarmInput)).toThrow(text);
    expect(model.alarms()).toEqual([]);
  });
});
