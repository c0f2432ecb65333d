import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  type BalancerSettings,
  noSettings,
  parseBalancerSettings,
  settingsMaxAgeMs,
} from '../../../functions/core/balancing/balancer-settings.ts';
import { balancerArn, targetGroup } from '../../support/builders/traffic.ts';
import { blueGroup } from '../../support/fakes/fake-load-balancing.ts';
import { TrafficScene } from '../../support/traffic-scene.ts';

const readAt = '2026-09-01T10:00:00.000Z';
const nowMs = Date.parse(readAt) + 1_000;
const [listener] = new TrafficScene().listeners;
const settings = {
  listeners: { 'arn:listener': { value: listener, readAt } },
  loadBalancers: { [balancerArn]: { value: new TrafficScene().balancer, readAt } },
  targetGroups: { [blueGroup.name]: { value: targetGroup(blueGroup), readAt } },
  deregistrationDelays: { [blueGroup.arn]: { value: 30, readAt } },
} as BalancerSettings;

const readBack = (document: unknown, atMs = nowMs) =>
  parseBalancerSettings(JSON.parse(JSON.stringify(document)), atMs);

it('reads back what was kept', () => {
  expect(readBack({ settings })).toEqual(settings);
});

it.each([
  ['too old', nowMs + settingsMaxAgeMs],
  ['of a clock that is ahead', nowMs - settingsMaxAgeMs - 2_000],
])('leaves out what is %s', (_, atMs) => {
  expect(readBack({ settings }, atMs)).toEqual(noSettings);
});

it.each([
  ['listeners', 'arn:listener', { port: '80' }],
  ['loadBalancers', balancerArn, { subnetIds: 'subnet-1' }],
  ['targetGroups', blueGroup.name, { healthCheck: { intervalSeconds: '10' } }],
  ['deregistrationDelays', blueGroup.arn, '30'],
] as const)('leaves out one of %s that has another shape', (name, key, wrong) => {
  const kept = settings[name][key] as { value: unknown };
  const value = typeof wrong === 'string' ? wrong : { ...(kept.value as object), ...wrong };
  const spoilt = { ...settings, [name]: { [key]: { value, readAt } } };
  expect(readBack({ settings: spoilt })).toEqual({ ...settings, [name]: {} });
});

it('takes any document', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (document) => {
      expect(readBack({ settings: document })).toEqual(noSettings);
      expect(readBack(document)).toEqual(noSettings);
    }),
  );
});
