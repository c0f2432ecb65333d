import { describe, expect, it } from 'vitest';
import { CloudWatchModel } from '../../../simulator/cloudwatch/model.ts';
import { createTestWorld } from '../../support/simulator/fake-world.ts';

const startMs = Date.UTC(2026, 10, 21, 9);
const minute = 60_000;
const id = {
  namespace: 'AWS/ApplicationELB',
  name: 'HealthyHostCount',
  dimensions: { TargetGroup: 'targetgroup/blue/1' },
};

function scene() {
  const world = createTestWorld({ startMs, services: { events: { publish: () => '' } } });
  const model = new CloudWatchModel(world);
  const averages = (fromMinute: number, toMinute: number, seconds = 60) =>
    [
      ...(model.metrics
        .find(id)
        ?.periods(startMs + fromMinute * minute, startMs + toMinute * minute, seconds * 1000) ??
        []),
    ].map(([atMs, set]) => [(atMs - startMs) / minute, set.sum / set.sampleCount, set.sampleCount]);
  return {
    world,
    model,
    averages,
    hold: (...values: number[]) => model.holdMetric({ ...id, values }),
  };
}

describe('a metric that is reported each minute', () => {
  it('has a data point in every minute that a jump skips, and none in the future', async () => {
    const { world, hold, averages } = scene();
    hold(2);
    // Between two minutes, on which side of one must not hang on how fast the machine is.
    await world.clock.sleep(3.5 * minute);
    hold(0);
    expect(averages(0, 10)).toEqual([
      [0, 2, 1],
      [1, 2, 1],
      [2, 2, 1],
      [3, 1, 2],
    ]);
    expect(averages(1, 3)).toEqual([
      [1, 2, 1],
      [2, 2, 1],
    ]);
    world.clock.stop();
  });

  it('shows a change within a minute beside what held at its beginning', async () => {
    const { world, hold, averages } = scene();
    hold(4);
    await world.clock.sleep(90_000);
    hold(0);
    await world.clock.sleep(minute);
    expect(averages(0, 10)).toEqual([
      [0, 4, 1],
      [1, 2, 2],
      [2, 0, 1],
    ]);
    expect(averages(0, 10, 300)).toEqual([[0, 2, 4]]);
    world.clock.stop();
  });

  it('counts each reporter, and ends when there is none', async () => {
    const { world, hold, averages } = scene();
    hold(10, 30);
    await world.clock.sleep(minute / 2);
    hold();
    await world.clock.sleep(5 * minute);
    expect(averages(0, 10)).toEqual([[0, 20, 2]]);
    world.clock.stop();
  });

  it('lets an alarm with M of N judge time that was jumped over', async () => {
    const { world, model, hold } = scene();
    hold(1);
    model.putAlarm({
      AlarmName: 'few',
      Namespace: id.namespace,
      MetricName: id.name,
      Dimensions: [{ Name: 'TargetGroup', Value: 'targetgroup/blue/1' }],
      Statistic: 'Minimum',
      Period: 60,
      EvaluationPeriods: 5,
      DatapointsToAlarm: 4,
      Threshold: 2,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'notBreaching',
    });
    // Only the jump's ends are stops of the clock: four of five points lie between them.
    await world.clock.sleep(6 * minute);
    expect(model.alarmStates(['few'])).toEqual([{ name: 'few', state: 'ALARM' }]);
    world.clock.stop();
  });
});
