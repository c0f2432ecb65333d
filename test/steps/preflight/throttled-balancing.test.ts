import { beforeEach, expect, it } from 'vitest';
import { balancerFactsKey } from '../../../functions/core/balancing/balancer-facts.ts';
import { settingsMaxAgeMs } from '../../../functions/core/balancing/balancer-settings.ts';
import { TransientAwsError } from '../../../functions/core/errors.ts';
import type { BalancerInspection } from '../../../functions/core/ports/balancer-inspection.ts';
import { askChecks } from '../../../functions/preflight/ask-checks.ts';
import { keepBalancerFacts } from '../../../functions/preflight/keep-balancer-facts.ts';
import { digestOf, serviceConfig } from '../../support/builders/releases.ts';
import { listenerArns } from '../../support/builders/traffic.ts';
import { FakeClock } from '../../support/fakes/fake-clock.ts';
import { blueGroup } from '../../support/fakes/fake-load-balancing.ts';
import { FakeLog } from '../../support/fakes/fake-log.ts';
import { FakeRecords } from '../../support/fakes/fake-records.ts';
import { ReleaseScene } from '../../support/release-scene.ts';
import { TrafficScene } from '../../support/traffic-scene.ts';

const throttled = () => Promise.reject(new TransientAwsError('Throttling: Rate exceeded'));
const refusing: BalancerInspection = {
  listeners: throttled,
  forwardings: throttled,
  loadBalancer: throttled,
  targetGroups: throttled,
  deregistrationDelaySeconds: throttled,
};
const settings = ['listeners', 'targetGroups', 'loadBalancer', `delay ${blueGroup.arn}`];
const weights = Object.values(listenerArns).map((arn) => `forwardings ${arn}`);

let scene: TrafficScene;
let records: FakeRecords;
let clock: FakeClock;

beforeEach(() => {
  scene = new TrafficScene();
  records = new FakeRecords();
  clock = new FakeClock();
});

/** What one run of the checks asks of Elastic Load Balancing; `once` is asked first. */
async function ask({ once }: { readonly once?: BalancerInspection } = {}) {
  scene.calls.length = 0;
  const ports = { ...scene.ports(), ...new ReleaseScene().ports() };
  const deps = {
    ports,
    spareBalancers: once ?? ports.balancers,
    signal: new AbortController().signal,
    timeout: () => new AbortController().signal,
    records,
    clock,
    log: new FakeLog(),
  };
  const service = serviceConfig();
  const subject = { service, repository: 'team/shop', tag: 'v2', digest: digestOf('2') };
  const asked = await askChecks(subject, deps);
  const calls = scene.calls.filter((call) => [...settings, ...weights].includes(call));
  const drains = asked.report.findings.find(({ check }) => check === 'draining');
  await keepBalancerFacts(service.name, asked.facts, asked.settings, deps);
  return { calls: calls.toSorted(), drains };
}

const keptDelay = () =>
  (records.stored(balancerFactsKey('shop')) as { settings: Record<string, object> }).settings
    .deregistrationDelays;

it('asks for everything where nothing throttles, though it knows an answer', async () => {
  await ask();
  expect((await ask()).calls).toEqual([...settings, ...weights].toSorted());
});

it('judges throttled settings by those of the release before, and asks for weights', async () => {
  const { drains } = await ask();
  clock.advance(settingsMaxAgeMs - 1);

  const again = await ask({ once: refusing });

  expect(again).toEqual({ calls: weights.toSorted(), drains });
  expect(clock.sleeps).toEqual([]);
  // As old as it is, not as the release that made do with it.
  expect(keptDelay()).toEqual({
    [blueGroup.arn]: { value: 30, readAt: '2026-09-01T10:00:00.000Z' },
  });
});

it.each([
  ['none are known', () => undefined],
  ['they are a week old', () => ask().then(() => clock.advance(settingsMaxAgeMs + 1))],
])('repeats what is throttled where %s', async (_, before) => {
  await before();
  expect((await ask({ once: refusing })).calls).toEqual([...settings, ...weights].toSorted());
});

it('says nothing against settings that it has not asked for', async () => {
  scene.deregistrationDelaySeconds = 3_600;
  expect((await ask()).drains).toMatchObject({ status: 'NG' });
  scene.deregistrationDelaySeconds = 60;

  const { calls, drains } = await ask({ once: refusing });

  expect(drains).toMatchObject({
    status: 'OK',
    observed: expect.stringMatching(/^deregistration delay 1 min,/),
  });
  expect(calls).toContain(`delay ${blueGroup.arn}`);
  expect(keptDelay()).toMatchObject({ [blueGroup.arn]: { value: 60 } });
});

it('waits for weights until they are admitted', async () => {
  const { balancers } = scene.ports();
  let refusals = 3;
  scene.ports = ((ports) => () => ({
    ...ports(),
    balancers: {
      ...balancers,
      forwardings: (arn: string) => (refusals-- > 0 ? throttled() : balancers.forwardings(arn)),
    },
  }))(scene.ports.bind(scene));

  const { drains } = await ask();

  expect(drains).toMatchObject({ status: 'OK' });
  expect(clock.sleeps).toHaveLength(3);
});
