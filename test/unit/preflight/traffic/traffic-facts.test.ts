import { expect, it } from 'vitest';
import { trafficChecks } from '../../../../functions/core/preflight/traffic/traffic-checks.ts';
import { TrafficScene } from '../../../support/traffic-scene.ts';
import { judge } from './ask.ts';

it('all checks together make no call twice, and 28 at most', async () => {
  const scene = new TrafficScene();
  scene.setService({ launchType: 'EC2' });
  scene.containerInstances = [{ id: 'i-1', freeCpu: 4_096, freeMemoryMib: 8_192 }];
  const facts = scene.facts();
  const findings = await Promise.all(trafficChecks.map(({ id }) => judge(id, facts)));
  const ofRollingUpdates = ['circuit-breaker', 'rollout-room'];
  expect(findings.map(({ status }) => status)).toEqual(
    trafficChecks.map(({ id }) => (ofRollingUpdates.includes(id) ? 'SKIP' : 'OK')),
  );
  expect(new Set(scene.calls).size).toBe(scene.calls.length);
  expect(scene.calls.length).toBeLessThanOrEqual(28);
});

it('every check has an id of its own, a title and a remedy', () => {
  expect(new Set(trafficChecks.map(({ id }) => id)).size).toBe(trafficChecks.length);
  for (const { id, title, remedy } of trafficChecks) {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(title).toMatch(/\w+ \w+/);
    expect(remedy).toMatch(/^[A-Z].*[^.]$/);
  }
});
