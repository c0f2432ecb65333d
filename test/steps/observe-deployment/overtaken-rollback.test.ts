import { beforeEach, describe, expect, it } from 'vitest';
import type { BlueGreenScene } from '../../support/blue-green-scene.ts';
import { deployment, deploymentTarget } from '../../support/fakes/fake-deployments.ts';
import { blueGroup, greenGroup } from '../../support/fakes/fake-load-balancing.ts';
import { failAfterTestTraffic, observe, observedScene, storedRecord } from './observed-scene.ts';

const laterId = 'd-LATER0003';
let scene: BlueGreenScene;

beforeEach(async () => {
  scene = await observedScene();
  await failAfterTestTraffic(scene);
});

/** The next deployment of the group has come as far as its lifecycle events say. */
function begin(statuses: Readonly<Record<string, string>>, status = 'InProgress'): void {
  const createdAtMs = deployment().createdAtMs + 60_000;
  scene.deployments.add({ deploymentId: laterId, status, createdAtMs });
  scene.deployments.targets.set(laterId, deploymentTarget(statuses));
  scene.allowTestTraffic();
}

describe('a rollback that is heard of when the next deployment has begun', () => {
  it('is no failure for the test listener, which is the next one’s by then', async () => {
    begin({ Install: 'Succeeded', AfterAllowTestTraffic: 'InProgress', AllowTraffic: 'Pending' });

    await observe(scene);

    const { outcome, rollback } = storedRecord(scene);
    expect(outcome).toBe('rolled-back');
    expect(rollback?.checks.map(({ name, verdict }) => [name, verdict])).toEqual([
      ['primary task set', 'pass'],
      ['production listener', 'pass'],
      ['production answers', 'pass'],
    ]);
    expect(scene.notifier.published[0]).not.toHaveProperty('alarm');
    expect(scene.clock.sleeps).toEqual([]);
  });

  it('is a failure still when production does not point back, which the next one has not touched', async () => {
    begin({ Install: 'Succeeded', AfterAllowTestTraffic: 'InProgress', AllowTraffic: 'Pending' });
    const weights = { [blueGroup.arn]: 0, [greenGroup.arn]: 100 };
    scene.loadBalancing.forward('arn:listener/production', weights);

    await observe(scene);

    expect(storedRecord(scene)).toMatchObject({ outcome: 'failed', error: 'RollbackFailed' });
  });

  it.each([
    ['moves production', { Install: 'Succeeded', AllowTraffic: 'InProgress' }, 'InProgress'],
    ['has succeeded', { Install: 'Succeeded', AllowTraffic: 'Succeeded' }, 'Succeeded'],
  ])('is believed to CodeDeploy when the next one %s', async (_, statuses, status) => {
    begin(statuses, status);
    scene.allowTraffic();

    await observe(scene);

    const { outcome, rollback } = storedRecord(scene);
    expect(outcome).toBe('rolled-back');
    expect(rollback?.checks).toMatchObject([
      { name: 'rollback', verdict: 'pass', observed: expect.stringContaining(laterId) },
    ]);
  });

  it('is judged in full while the next one has touched nothing', async () => {
    begin({ BeforeInstall: 'InProgress', Install: 'Pending', AllowTraffic: 'Pending' });

    await observe(scene);

    expect(storedRecord(scene)).toMatchObject({ outcome: 'failed', error: 'RollbackFailed' });
  });
});
