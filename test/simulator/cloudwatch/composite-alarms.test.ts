import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compileCompositeRule } from '../../../simulator/cloudwatch/composite-rule.ts';
import type { CloudWatchModel } from '../../../simulator/cloudwatch/model.ts';
import type { PublishedEvent } from '../../../simulator/core/services.ts';
import type { TestWorld } from '../../support/simulator/fake-world.ts';
import { listenedAlarms } from './listened-alarms.ts';

describe('a rule expression', () => {
  const states = { a: 'ALARM', b: 'OK', 'c d': 'INSUFFICIENT_DATA' } as const;
  const holds = (rule: string) =>
    compileCompositeRule(rule).holds((name) => states[name as keyof typeof states]);

  it.each([
    ['ALARM(a)', true],
    ['ALARM("a")', true],
    ['ALARM(arn:aws:cloudwatch:eu-west-1:111122223333:alarm:a)', true],
    ['OK(a)', false],
    ['NOT OK(a)', true],
    ['ALARM(a) AND ALARM(b)', false],
    ['ALARM(b) OR INSUFFICIENT_DATA("c d")', true],
    ['ALARM(b) AND ALARM(b) OR ALARM(a)', true],
    ['ALARM(b) AND (ALARM(b) OR ALARM(a))', false],
    ['ALARM(a) AND NOT (ALARM(b) OR FALSE) AND TRUE', true],
  ])('%s holds: %s', (rule, expected) => {
    expect(holds(rule)).toBe(expected);
  });

  it.each(['', 'ALARM', 'ALARM()', 'ALARM(a', 'ALARM(a) ALARM(b)', 'BROKEN(a)', 'ALARM(a) AND'])(
    '%s is refused',
    (rule) => {
      expect(() => compileCompositeRule(rule)).toThrow('AlarmRule must be a valid rule expression');
    },
  );
});

describe('a composite alarm', () => {
  const topic = 'arn:aws:sns:eu-west-1:111122223333:ops';
  let world: TestWorld;
  let model: CloudWatchModel;
  let events: PublishedEvent[];
  let notified: { topicArn: string; subject?: string; message: string }[];

  beforeEach(() => {
    ({ world, model, events, notified } = listenedAlarms());
    for (const AlarmName of ['errors', 'latency']) {
      model.putAlarm({
        AlarmName,
        Namespace: 'shop',
        MetricName: AlarmName,
        Statistic: 'Sum',
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 1,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        TreatMissingData: 'notBreaching',
      });
    }
    model.book.putComposite({
      AlarmName: 'shop',
      AlarmDescription: 'the shop is broken',
      AlarmRule: 'ALARM(errors) AND ALARM(latency)',
      AlarmActions: [topic],
    });
    model.book.putComposite({ AlarmName: 'page', AlarmRule: 'ALARM(shop)' });
  });
  afterEach(() => world.clock.stop());

  const states = () => Object.fromEntries(model.alarms().map(({ name, state }) => [name, state]));

  it('follows its alarms, and composites above it follow in turn', () => {
    expect(states()).toEqual({ errors: 'OK', latency: 'OK', page: 'OK', shop: 'OK' });
    model.setAlarmState('errors', 'ALARM', 'x');
    expect(states()).toMatchObject({ shop: 'OK' });
    events.length = 0;
    model.setAlarmState('latency', 'ALARM', 'x');
    expect(states()).toMatchObject({ shop: 'ALARM', page: 'ALARM' });
    const [, shop] = events;
    expect(shop).toMatchObject({
      source: 'aws.cloudwatch',
      detailType: 'CloudWatch Alarm State Change',
      resources: ['arn:aws:cloudwatch:eu-west-1:111122223333:alarm:shop'],
      detail: {
        alarmName: 'shop',
        state: {
          value: 'ALARM',
          reason: expect.stringMatching(
            /^arn:.*:alarm:latency transitioned to ALARM at Saturday 21 November, 2026 09:00:\d\d UTC$/,
          ),
          reasonData: expect.stringMatching(
            /:alarm:latency","state":\{"value":"ALARM","timestamp":"2026-11-21T09:00:\d\d\.\d{3}\+0000"\}\}\]\}$/,
          ),
        },
        previousState: { value: 'OK' },
        configuration: {
          alarmRule: 'ALARM(errors) AND ALARM(latency)',
          description: 'the shop is broken',
        },
      },
    });
    expect(notified).toMatchObject([{ topicArn: topic, subject: 'ALARM: "shop" in eu-west-1' }]);
    expect(JSON.parse(notified[0]?.message ?? '')).toMatchObject({
      AlarmName: 'shop',
      AlarmRule: 'ALARM(errors) AND ALARM(latency)',
      NewStateValue: 'ALARM',
      OldStateValue: 'OK',
    });
  });

  it('follows a metric on the virtual clock', async () => {
    for (const name of ['errors', 'latency']) {
      model.putMetric({ namespace: 'shop', name, dimensions: {}, value: 5 });
    }
    await world.clock.sleep(60_000);
    expect(states()).toMatchObject({ shop: 'ALARM', page: 'ALARM' });
  });

  it('notifies nobody while its actions are disabled', () => {
    model.book.enableActions(['shop', 'nobody'], false);
    model.setAlarmState('errors', 'ALARM', 'x');
    model.setAlarmState('latency', 'ALARM', 'x');
    expect(states()).toMatchObject({ shop: 'ALARM' });
    expect(notified).toEqual([]);
  });

  it('needs alarms that exist, and keeps the kind of its name', () => {
    expect(() => model.book.putComposite({ AlarmName: 'n', AlarmRule: 'ALARM(gone)' })).toThrow(
      'Could not save the composite alarm as alarms [gone] in the alarm rule do not exist',
    );
    expect(() => model.book.putComposite({ AlarmName: 'errors', AlarmRule: 'TRUE' })).toThrow(
      'exists as a MetricAlarm',
    );
  });
});
