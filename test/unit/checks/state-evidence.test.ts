import { describe, expect, it } from 'vitest';
import { judgeAlarms } from '../../../functions/core/checks/alarms-check.ts';
import { judgeListener } from '../../../functions/core/checks/listener-check.ts';
import { judgeProductionAnswers } from '../../../functions/core/checks/production-answer-check.ts';
import { judgeTargetHealth } from '../../../functions/core/checks/target-health-check.ts';
import { blueGroup, greenGroup, targets } from '../../support/fakes/fake-load-balancing.ts';
import { answered, unanswered } from '../../support/fakes/fake-probe-transport.ts';

const state = (subject: string, seen: string) => ({ kind: 'state', subject, state: seen });

describe('judgeAlarms', () => {
  it('reports each alarm with its state', () => {
    const states = [
      { name: 'shop-5xx', state: 'OK' },
      { name: 'shop-p99', state: 'INSUFFICIENT_DATA' },
    ];

    expect(judgeAlarms(['shop-5xx', 'shop-p99'], states)).toEqual({
      name: 'alarms',
      type: 'alarms',
      verdict: 'pass',
      sentence:
        'alarms: expected no alarm among shop-5xx, shop-p99, got shop-5xx OK, shop-p99 INSUFFICIENT_DATA',
      expected: 'no alarm among shop-5xx, shop-p99',
      observed: 'shop-5xx OK, shop-p99 INSUFFICIENT_DATA',
      samples: 2,
      evidence: [state('shop-5xx', 'OK'), state('shop-p99', 'INSUFFICIENT_DATA')],
    });
  });

  it('names every alarm that rings, and every one that is unknown', () => {
    const ringing = ['a', 'b'].map((name) => ({ name, state: 'ALARM' }));

    expect(judgeAlarms(['a', 'b'], ringing).observed).toBe('a, b in ALARM');
    expect(judgeAlarms(['a', 'b'], [])).toMatchObject({
      observed: 'no alarm named a, b in CloudWatch',
      samples: 0,
      evidence: [state('a', 'unknown to CloudWatch'), state('b', 'unknown to CloudWatch')],
    });
  });
});

describe('judgeListener', () => {
  const judge = (...weights: Record<string, number>[]) =>
    judgeListener(
      { forwardings: weights.map((each, at) => ({ arn: `arn:rule/${at}`, weights: each })) },
      { name: 'test listener', group: greenGroup, pair: [blueGroup, greenGroup] },
    );

  it('reports each rule of the pair, a group of others by its ARN', () => {
    const result = judge(
      { [greenGroup.arn]: 1, 'arn:other': 0 },
      { 'arn:other': 1 },
      { [greenGroup.arn]: 5, [blueGroup.arn]: 0 },
    );

    expect(result).toEqual({
      name: 'test listener',
      type: 'listener',
      verdict: 'pass',
      sentence:
        'test listener: expected to forward to shop-green only, got shop-green 1, arn:other 0',
      expected: 'to forward to shop-green only',
      observed: 'shop-green 1, arn:other 0',
      samples: 2,
      evidence: [
        state('arn:rule/0', 'shop-green 1, arn:other 0'),
        state('arn:rule/2', 'shop-green 5, shop-blue 0'),
      ],
    });
  });

  it.each<[string, Record<string, number>]>([
    ['nothing at all', { [greenGroup.arn]: 0, [blueGroup.arn]: 0 }],
    ['the other group alone', { [blueGroup.arn]: 1 }],
    ['a group of others as well', { [greenGroup.arn]: 1, 'arn:other': 1 }],
  ])('fails a rule that forwards to %s', (_, weights) => {
    expect(judge({ [greenGroup.arn]: 1 }, weights)).toMatchObject({ verdict: 'fail', samples: 2 });
  });

  it('fails a listener without a rule of the pair', () => {
    expect(judge({ 'arn:other': 1 })).toMatchObject({ verdict: 'fail', samples: 0, evidence: [] });
  });
});

describe('judgeTargetHealth', () => {
  it('reports every target, those on their way out too, and counts those that are registered', () => {
    const expected = 'at least 1 targets in shop-green, all of them healthy';

    expect(judgeTargetHealth('targets', greenGroup, targets('healthy', 'draining'), 1)).toEqual({
      name: 'targets',
      type: 'target-health',
      verdict: 'pass',
      sentence: `targets: expected ${expected}, got 1 healthy of 1`,
      expected,
      observed: '1 healthy of 1',
      samples: 1,
      evidence: [state('10.0.0.1:8080', 'healthy'), state('10.0.0.2:8080', 'draining')],
    });
  });

  it('points at the first target that is not healthy, with its reason if there is one', () => {
    const reason = 'Target.Timeout';
    const sick = targets('healthy', 'unhealthy', 'initial');
    const judged = (all: typeof sick) => judgeTargetHealth('targets', greenGroup, all, 1);

    expect(judged(sick).observed).toBe('1 healthy of 3, 10.0.0.2:8080 is unhealthy');
    expect(judged(sick.map((one) => ({ ...one, reason }))).evidence[2]).toEqual(
      state('10.0.0.3:8080', 'initial (Target.Timeout)'),
    );
  });

  it('says that an empty group has no target', () => {
    expect(judgeTargetHealth('targets', greenGroup, targets('draining'), 3)).toMatchObject({
      expected: 'at least 3 targets in shop-green, all of them healthy',
      observed: 'no registered target',
      samples: 0,
    });
  });
});

describe('judgeProductionAnswers', () => {
  it.each([
    [answered(200), 'pass', 'status 200'],
    [answered(499), 'pass', 'status 499'],
    [answered(500), 'fail', 'status 500'],
    [answered(503), 'fail', 'status 503'],
    [unanswered('ECONNREFUSED'), 'fail', 'no response (ECONNREFUSED)'],
  ])('reports %j as %s', (response, verdict, observed) => {
    const request = { method: 'HEAD', url: 'http://shop.elb.test/' };
    const expected = 'a status below 500 from production';

    expect(judgeProductionAnswers(request, [answered(204), response])).toEqual({
      name: 'production answers',
      type: 'http',
      verdict,
      sentence: `HEAD http://shop.elb.test/: expected ${expected}, got ${observed}`,
      expected,
      observed,
      samples: 2,
      evidence: [state('http://shop.elb.test/', `status 204, ${observed}`)],
    });
  });

  it('fails by one bad answer among good ones, and without any', () => {
    const request = { method: 'GET', url: 'http://shop.elb.test/' };
    const judge = (...responses: ReturnType<typeof answered>[]) =>
      judgeProductionAnswers(request, responses);

    expect(judge(answered(200), answered(502), answered(200))).toMatchObject({
      verdict: 'fail',
      observed: 'status 502',
    });
    expect(judge()).toMatchObject({ verdict: 'fail', observed: 'no answer' });
  });
});
