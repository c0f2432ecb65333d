import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeLoadBalancer } from '../../../simulator/elbv2/descriptions.ts';
import type { Listener, TargetGroup } from '../../../simulator/elbv2/state.ts';
import { targetsForRequests } from '../../../simulator/elbv2/targets-for-requests.ts';
import { BalancerFixture } from './balancer-fixture.ts';

let fixture: BalancerFixture;
let blue: TargetGroup;
let green: TargetGroup;
let listener: Listener;
beforeEach(async () => {
  fixture = new BalancerFixture();
  blue = fixture.group('blue');
  green = fixture.group('green');
  await fixture.target(blue, 'blue');
  await fixture.target(green, 'green');
  listener = await fixture.listener(blue);
});
afterEach(() => fixture.stop());

const set = (settings: object) => Object.assign(fixture.world.settings, settings);
const shift = (blueWeight: number, greenWeight: number) =>
  fixture.model.setWeights(listener.arn, [
    { targetGroupArn: blue.arn, weight: blueWeight },
    { targetGroupArn: green.arn, weight: greenWeight },
  ]);
const answer = async (headers: Record<string, string> = {}) =>
  (await fixture.get(listener, '/', headers)).body;
const weights = () =>
  fixture.model.forwardings(listener.arn)[0]?.weights.map(({ weight }) => weight);

describe('listenerChangeMs', () => {
  it('a shift is described at once, followed only after the setting', async () => {
    set({ listenerChangeMs: 5_000 });
    shift(0, 1);
    expect(weights()).toEqual([0, 1]);
    expect(await answer()).toBe('blue');
    await fixture.world.clock.sleep(5_100);
    expect(await answer()).toBe('green');
  });

  it('a second shift within the time of the first follows after a time of its own', async () => {
    set({ listenerChangeMs: 60_000 });
    shift(0, 1);
    await fixture.world.clock.sleep(30_000);
    shift(1, 0);
    await fixture.world.clock.sleep(35_000);
    expect(await answer()).toBe('green');
    await fixture.world.clock.sleep(30_000);
    expect(await answer()).toBe('blue');
  });

  it('switched off, what was on its way counts no more', async () => {
    set({ listenerChangeMs: 60_000 });
    shift(0, 1);
    set({ listenerChangeMs: 0 });
    shift(1, 0);
    await fixture.world.clock.sleep(61_000);
    expect(await answer()).toBe('blue');
  });
});

it('weightedForwarding draws each request, the same for a seed', async () => {
  shift(1, 1);
  const answers = async () => {
    const bodies: string[] = [];
    for (let request = 0; request < 40; request++) bodies.push(await answer());
    return bodies;
  };
  const even = await answers();
  expect(even.filter((body) => body === 'blue')).toHaveLength(20);
  expect(even.some((body, index) => body === even[index - 1])).toBe(false);
  set({ weightedForwarding: 'random' });
  const random = await answers();
  expect(random.some((body, index) => body === random[index - 1])).toBe(true);
  expect(new Set(random)).toEqual(new Set(['blue', 'green']));
  shift(0, 1);
  expect(new Set(await answers())).toEqual(new Set(['green']));
});

it.each([
  [true, 'blue'],
  [false, 'green'],
])('stickyAtWeightZero %s: a client bound to blue gets %s', async (stickyAtWeightZero, body) => {
  set({ stickyAtWeightZero });
  fixture.model.listeners.modify(listener.arn, {
    defaultActions: [
      {
        Type: 'forward',
        ForwardConfig: {
          TargetGroups: [{ TargetGroupArn: blue.arn, Weight: 1 }],
          TargetGroupStickinessConfig: { Enabled: true, DurationSeconds: 600 },
        },
      },
    ],
  });
  const { headers } = await fixture.get(listener);
  const cookie = headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
  shift(0, 1);
  expect(await answer({ cookie })).toBe(body);
});

it('failOpenToInitial decides about targets whose health is not known', () => {
  const target = (state: string) => ({ health: { state } }) as never;
  const [starting, broken] = [target('initial'), target('unhealthy')];
  expect(targetsForRequests(blue, [starting, broken], true)).toEqual([starting, broken]);
  expect(targetsForRequests(blue, [starting, broken], false)).toEqual([broken]);
  expect(targetsForRequests(blue, [starting], false)).toEqual([]);
});

it('failOpenToInitial false: a group of new targets answers 503', async () => {
  set({ failOpenToInitial: false });
  const fresh = fixture.group('fresh');
  await fixture.target(fresh, 'fresh');
  const other = await fixture.listener(fresh, 81);
  expect((await fixture.get(other)).status).toBe(503);
});

it('loadBalancerProvisioningMs: a new balancer is active after it', async () => {
  set({ loadBalancerProvisioningMs: 120_000 });
  const balancer = fixture.model.loadBalancers.create({ name: 'new' });
  const state = () => describeLoadBalancer(balancer, fixture.world).State?.Code;
  expect(state()).toBe('provisioning');
  await fixture.world.clock.sleep(119_000);
  expect(state()).toBe('provisioning');
  await fixture.world.clock.sleep(2_000);
  expect(state()).toBe('active');
});
