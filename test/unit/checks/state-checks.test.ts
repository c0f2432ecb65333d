import { describe, expect, it } from 'vitest';
import { judgeAlarms } from '../../../functions/core/checks/alarms-check.ts';
import { judgeListener } from '../../../functions/core/checks/listener-check.ts';
import { judgeRunningDigest } from '../../../functions/core/checks/running-digest-check.ts';
import {
  judgeTargetHealth,
  targetHealthIsSettling,
} from '../../../functions/core/checks/target-health-check.ts';
import { judgeTaskSet } from '../../../functions/core/checks/task-set-check.ts';
import { digestOf } from '../../support/builders/releases.ts';
import { runningTask, taskSet } from '../../support/fakes/fake-ecs-services.ts';
import { blueGroup, greenGroup, targets } from '../../support/fakes/fake-load-balancing.ts';

describe('judgeAlarms', () => {
  it.each([
    ['OK', 'pass'],
    ['INSUFFICIENT_DATA', 'pass'],
    ['ALARM', 'fail'],
  ])('with an alarm in %s is %s', (state, verdict) => {
    expect(judgeAlarms(['shop-5xx'], [{ name: 'shop-5xx', state }]).verdict).toBe(verdict);
  });

  it('with an alarm that CloudWatch does not know is inconclusive and names it', () => {
    const result = judgeAlarms(['shop-5xx', 'shop-p99'], [{ name: 'shop-5xx', state: 'OK' }]);

    expect(result.verdict).toBe('inconclusive');
    expect(result.sentence).toBe(
      'alarms: expected no alarm among shop-5xx, shop-p99, got no alarm named shop-p99 in CloudWatch',
    );
  });

  it('with one alarm ringing fails although another is unknown', () => {
    const result = judgeAlarms(['shop-5xx', 'gone'], [{ name: 'shop-5xx', state: 'ALARM' }]);

    expect(result.verdict).toBe('fail');
    expect(result.observed).toBe('shop-5xx in ALARM');
  });
});

describe('judgeTargetHealth', () => {
  it.each<[string, string[], number, string]>([
    ['no target', [], 1, 'fail'],
    ['no target though none is expected', [], 0, 'fail'],
    ['fewer than expected', ['healthy'], 2, 'fail'],
    ['one of them unhealthy', ['healthy', 'healthy', 'unhealthy'], 2, 'fail'],
    ['as many healthy as expected', ['healthy', 'healthy'], 2, 'pass'],
    ['an earlier one draining', ['healthy', 'draining'], 1, 'pass'],
    ['an earlier one draining after it failed', ['healthy', 'unhealthy.draining'], 1, 'pass'],
    ['nothing but earlier ones', ['draining', 'unhealthy.draining'], 1, 'fail'],
  ])('with %s is judged by the registered targets', (_, states, expectedCount, verdict) => {
    const result = judgeTargetHealth(
      'target health',
      greenGroup,
      targets(...states),
      expectedCount,
    );

    expect(result.verdict).toBe(verdict);
  });

  it('quotes the reason of the first target that is not healthy', () => {
    const sick = [
      { target: '10.0.0.9:8080', state: 'unhealthy', reason: 'Target.ResponseCodeMismatch' },
    ];

    expect(judgeTargetHealth('target health', greenGroup, sick, 1).sentence).toBe(
      'target health: expected at least 1 targets in shop-green, all of them healthy, got 0 healthy of 1, 10.0.0.9:8080 is unhealthy (Target.ResponseCodeMismatch)',
    );
  });
});

describe('targetHealthIsSettling', () => {
  it.each<[string[], boolean]>([
    [[], true],
    [['initial', 'healthy'], true],
    [['unused', 'unused'], true],
    [['healthy', 'healthy'], false],
    [['unhealthy', 'initial'], false],
  ])('for %j is %s', (states, settling) => {
    expect(targetHealthIsSettling(targets(...states), 2)).toBe(settling);
  });
});

describe('judgeListener', () => {
  const pair = [blueGroup, greenGroup];
  const judge = (...weights: Record<string, number>[]) =>
    judgeListener(
      {
        forwardings: weights.map((each, index) => ({ arn: `arn:rule/${index}`, weights: each })),
      },
      { name: 'test listener', group: greenGroup, pair },
    );

  it('passes with the other group attached at weight 0', () => {
    expect(judge({ [blueGroup.arn]: 0, [greenGroup.arn]: 100 }).verdict).toBe('pass');
  });

  it('passes with the only group at weight 1, since weights are relative', () => {
    expect(judge({ [greenGroup.arn]: 1 }).verdict).toBe('pass');
  });

  it('ignores a rule that forwards to groups of others', () => {
    expect(judge({ [greenGroup.arn]: 100 }, { 'arn:other': 100 }).verdict).toBe('pass');
  });

  it('fails when one of several rules still forwards to the other group', () => {
    const result = judge({ [greenGroup.arn]: 100 }, { [blueGroup.arn]: 90, [greenGroup.arn]: 10 });

    expect(result.verdict).toBe('fail');
    expect(result.sentence).toBe(
      'test listener: expected to forward to shop-green only, got shop-blue 90, shop-green 10',
    );
  });

  it('fails when nothing forwards to the pair', () => {
    expect(judge({ 'arn:other': 100 }).observed).toBe(
      'no forwarding to either target group of the pair',
    );
  });
});

describe('judgeTaskSet', () => {
  it.each([
    ['steady and complete', {}, 'pass'],
    ['stabilizing', { stabilityStatus: 'STABILIZING' }, 'fail'],
    ['short of tasks', { runningCount: 1 }, 'fail'],
    ['scaled to none', { runningCount: 0, computedDesiredCount: 0 }, 'fail'],
  ])('that is %s', (_, changes, verdict) => {
    expect(judgeTaskSet('replacement task set', 'd-1', taskSet(changes)).verdict).toBe(verdict);
  });

  it('that does not exist is inconclusive', () => {
    expect(judgeTaskSet('replacement task set', 'd-1', undefined).verdict).toBe('inconclusive');
  });
});

describe('judgeRunningDigest', () => {
  const expectation = {
    name: 'running digest',
    container: 'app',
    digests: [digestOf('1'), digestOf('2')],
    expectedTasks: 2,
  };
  const tasks = (...digests: (string | undefined)[]) =>
    digests.map((digest, index) => runningTask(taskSet(), digest, index));

  it('passes when tasks show index and platform digest side by side', () => {
    expect(judgeRunningDigest(tasks(digestOf('1'), digestOf('2')), expectation).verdict).toBe(
      'pass',
    );
  });

  it('fails with one task of another digest and quotes it', () => {
    const result = judgeRunningDigest(tasks(digestOf('1'), digestOf('9')), expectation);

    expect(result.verdict).toBe('fail');
    expect(result.observed).toBe(`${digestOf('9')} in 1 of 2 running tasks`);
  });

  it.each([
    ['no task', []],
    ['fewer tasks than expected', [digestOf('1')]],
    ['a task without a digest', [digestOf('1'), undefined]],
  ])('with %s is inconclusive', (_, digests) => {
    expect(judgeRunningDigest(tasks(...digests), expectation).verdict).toBe('inconclusive');
  });
});
