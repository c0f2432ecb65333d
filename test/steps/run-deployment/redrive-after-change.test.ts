import { beforeEach, describe, expect, it } from 'vitest';
import { BlueGreenScene } from '../../support/blue-green-scene.ts';
import { configOf, execution, serviceConfig } from '../../support/builders/releases.ts';
import { ownDescription } from '../../support/builders/tracked-deployments.ts';
import { runIn } from './run-scene.ts';

let scene: BlueGreenScene;

/** The first attempt was rolled back, from the deployment group that the configuration named then. */
beforeEach(() => {
  scene = new BlueGreenScene();
  scene.deployments.deployments.clear();
  scene.deployments.add({ status: 'Failed', description: ownDescription });
});

const redrive = () => runIn(scene, { execution: execution({ redriveCount: 1 }) });

describe('a redrive after greengate.yaml has changed', () => {
  it('deploys where the configuration of now says', async () => {
    const { target, ...rest } = serviceConfig();
    const moved = { ...target, deploymentGroup: 'shop-2' } as typeof target;
    scene.config = configOf({ ...rest, target: moved });

    await expect(redrive()).resolves.toMatchObject({ state: 'created' });

    expect(scene.deployments.created).toMatchObject([
      { deploymentGroup: 'shop-2', description: ownDescription.replace(/0$/, '1') },
    ]);
  });

  it('is held by a freeze that was not there before', async () => {
    const { services } = configOf();
    const from = new Date(scene.clock.now() - 1_000).toISOString();
    const until = new Date(scene.clock.now() + 1_000).toISOString();
    scene.config = { services, freezes: [{ name: 'audit', from, until }] };

    await expect(redrive()).rejects.toMatchObject({ name: 'ReleaseHeld' });
    expect(scene.deployments.created).toEqual([]);
  });

  it('fails in one sentence when the service is configured no more', async () => {
    scene.config = configOf(serviceConfig({ name: 'blog' }));

    await expect(redrive()).rejects.toMatchObject({
      name: 'InvalidConfigError',
      message: expect.stringContaining('"shop"'),
    });
  });
});
