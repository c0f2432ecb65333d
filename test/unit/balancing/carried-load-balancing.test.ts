import { describe, expect, it } from 'vitest';
import {
  type BalancerFacts,
  balancerFactsKey,
  balancerFactsMaxAgeMs,
} from '../../../functions/core/balancing/balancer-facts.ts';
import { carriedLoadBalancing } from '../../../functions/core/balancing/carried-load-balancing.ts';
import { readBalancerFacts } from '../../../functions/core/balancing/read-balancer-facts.ts';
import { judgeListener } from '../../../functions/core/checks/listener-check.ts';
import { FakeClock } from '../../support/fakes/fake-clock.ts';
import {
  blueGroup,
  FakeLoadBalancing,
  greenGroup,
} from '../../support/fakes/fake-load-balancing.ts';
import { FakeLog } from '../../support/fakes/fake-log.ts';
import { FakeRecords } from '../../support/fakes/fake-records.ts';

const names = [blueGroup.name, greenGroup.name];
const newGreen = { ...greenGroup, arn: greenGroup.arn.replace(/[^/]+$/, '1111111111111111') };
const production = 'arn:listener/production';

function prepare(changes: Partial<BalancerFacts> = {}) {
  const asked = new FakeLoadBalancing();
  const calls: string[] = [];
  const { listener, targetGroups } = asked;
  asked.listener = (arn) => {
    calls.push('listener');
    return listener.call(asked, arn);
  };
  asked.forwardings = async (arn) => {
    calls.push('forwardings');
    return [...(asked.listeners.get(arn)?.forwardings ?? [])];
  };
  asked.targetGroups = (some) => {
    calls.push('targetGroups');
    return targetGroups.call(asked, some);
  };
  const facts: BalancerFacts = {
    listeners: { [production]: { protocol: 'HTTPS', port: 4443, host: 'carried.elb.test' } },
    targetGroups: [blueGroup, greenGroup],
    recordedAt: '2026-09-01T10:00:00Z',
    ...changes,
  };
  return { asked, calls, carried: carriedLoadBalancing(asked, facts) };
}

describe('carriedLoadBalancing', () => {
  it('knows where a listener is, and asks what it does each time', async () => {
    const { asked, calls, carried } = prepare();
    const address = { protocol: 'HTTPS', port: 4443, host: 'carried.elb.test' };

    expect(await carried.listener(production)).toMatchObject({
      ...address,
      forwardings: [{ weights: { [blueGroup.arn]: 100 } }],
    });
    asked.forward(production, { [greenGroup.arn]: 100 });
    expect(await carried.listener(production)).toMatchObject({
      ...address,
      forwardings: [{ weights: { [greenGroup.arn]: 100 } }],
    });
    expect(calls).toEqual(['forwardings', 'forwardings']);
  });

  it('asks for a listener that the facts do not name', async () => {
    const { carried } = prepare();
    expect(await carried.listener('arn:listener/test')).toMatchObject({ host: 'shop.elb.test' });
  });

  it('knows the target groups as long as nobody names another of that name', async () => {
    const { calls, carried } = prepare();
    expect(await carried.targetGroups(names)).toEqual([blueGroup, greenGroup]);
    const others = [blueGroup.arn, 'arn:aws:elasticloadbalancing:::targetgroup/other/1'];
    expect(await carried.targetGroups(names, others)).toEqual([blueGroup, greenGroup]);
    expect(calls).toEqual([]);
  });

  it('asks when a group was made anew, so that the old ARN judges nothing', async () => {
    const { asked, carried } = prepare();
    asked.groups = [blueGroup, newGreen];
    expect(await carried.targetGroups(names, [blueGroup.arn, newGreen.arn])).toEqual([
      blueGroup,
      newGreen,
    ]);
  });

  it('asks when the deployment group names another pair', async () => {
    const { carried } = prepare({ targetGroups: [blueGroup] });
    expect(await carried.targetGroups(names)).toEqual([blueGroup, greenGroup]);
  });

  it('does nothing of its own without facts', async () => {
    const asked = new FakeLoadBalancing();
    expect(carriedLoadBalancing(asked, undefined)).toBe(asked);
  });
});

describe('readBalancerFacts', () => {
  const recordedAtMs = Date.parse('2026-09-01T10:00:00Z');
  const stored = {
    listeners: { [production]: { protocol: 'HTTP', port: 80, host: 'shop.elb.test' } },
    targetGroups: [blueGroup, greenGroup],
    recordedAt: new Date(recordedAtMs).toISOString(),
  };
  const read = async (document: unknown, ageMs: number) => {
    const records = new FakeRecords();
    if (document !== undefined) await records.write(balancerFactsKey('shop'), document);
    const clock = Object.assign(new FakeClock(), { now: () => recordedAtMs + ageMs });
    return readBalancerFacts('shop', { records, clock, log: new FakeLog() });
  };

  it.each([
    ['as old as a release may be', stored, balancerFactsMaxAgeMs, true],
    ['older', stored, balancerFactsMaxAgeMs + 1, false],
    ['from the future', stored, -balancerFactsMaxAgeMs - 1, false],
    ['missing', undefined, 0, false],
    ['without a host', { ...stored, listeners: { a: { protocol: 'HTTP', port: 80 } } }, 0, false],
    ['without listeners', { ...stored, listeners: {} }, 0, false],
    ['with groups that are none', { ...stored, targetGroups: ['arn'] }, 0, false],
    ['of no known time', { ...stored, recordedAt: 'soon' }, 0, false],
  ])('of facts %s', async (_, document, ageMs, taken) => {
    expect((await read(document, ageMs)) !== undefined).toBe(taken);
  });

  it('does without what cannot be read', async () => {
    const log = new FakeLog();
    const records = { read: () => Promise.reject(new Error('denied')) };
    expect(
      await readBalancerFacts('shop', { records, clock: new FakeClock(), log }),
    ).toBeUndefined();
  });
});

describe('judgeListener', () => {
  it('takes a rule for one of the pair that forwards to a group which was made anew', () => {
    const forwardings = [
      { arn: 'arn:listener', weights: { [blueGroup.arn]: 100 } },
      { arn: 'arn:rule', weights: { [newGreen.arn]: 100 } },
    ];
    const expectation = { name: 'test listener', group: blueGroup, pair: [blueGroup, greenGroup] };
    expect(judgeListener({ forwardings }, expectation)).toMatchObject({
      verdict: 'fail',
      samples: 2,
    });
  });
});
