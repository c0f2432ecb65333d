import { beforeEach, describe, expect, it } from 'vitest';
import { BlueGreenScene, deploymentId } from '../../support/blue-green-scene.ts';
import {
  configOf,
  digestOf,
  execution,
  release,
  serviceConfig,
} from '../../support/builders/releases.ts';
import { trackedDeployment } from '../../support/builders/tracked-deployments.ts';
import { deploymentTarget } from '../../support/fakes/fake-deployments.ts';
import { runIn } from './run-scene.ts';

let scene: BlueGreenScene;
const byHandName = '8f6e2f0a-6b9c-4f7e-9d2c-1f0b7f3f1a77';
const pushedAtMs = Date.parse(release().pushedAt);
const byHand = release({
  tag: 'v1',
  digest: digestOf('1'),
  pushedAt: '2026-08-01T10:00:00Z',
  eventId: `hand-${byHandName}`,
  force: true,
  byHand: 'rollback',
});

beforeEach(() => {
  scene = new BlueGreenScene();
  scene.deployments.deployments.clear();
});

const run = (changes: Parameters<typeof runIn>[1] = {}) => runIn(scene, changes);

/** A deployment that a person's execution made, so many seconds after v2 was pushed. */
async function deployedByHand(status: string, secondsAfterPush: number): Promise<void> {
  scene.deployments.add({
    deploymentId,
    status,
    createdAtMs: pushedAtMs + secondsAfterPush * 1_000,
    description: `greengate ${byHandName} redrive 0`,
  });
  await scene.records.write(
    `deployments/${deploymentId}/task-token.json`,
    trackedDeployment({ release: byHand, execution: execution({ executionName: byHandName }) }),
  );
}

describe('runDeployment of a release that a person chose', () => {
  it('creates it though a newer image is there', async () => {
    scene.images.push('team/shop', 'v3', digestOf('3'), pushedAtMs + 60_000);
    await expect(run()).rejects.toMatchObject({ name: 'ReleaseSuperseded' });

    await expect(run({ release: byHand })).resolves.toMatchObject({ state: 'created' });
  });

  it('ends the wait before the original is terminated, when it goes back', async () => {
    scene.deployments.add({
      description: 'greengate shop-333333333333-3333333333333333 redrive 0',
    });
    scene.deployments.targets.set(
      deploymentId,
      deploymentTarget({ AllowTraffic: 'Succeeded', AfterAllowTraffic: 'Succeeded' }),
    );

    await expect(run({ release: { ...byHand, byHand: 'image' } })).rejects.toThrow('InProgress');
    expect(scene.deployments.retentionsEnded).toEqual([]);
    await expect(run({ release: byHand })).rejects.toThrow('InProgress');
    expect(scene.deployments.retentionsEnded).toEqual([deploymentId]);
  });

  it('says that a person, not a push, took the place of another release', async () => {
    scene.config = configOf(serviceConfig({ onNewerPush: 'supersede' }));
    scene.deployments.add({
      description: 'greengate shop-333333333333-3333333333333333 redrive 0',
    });

    await expect(run({ release: byHand })).rejects.toThrow('InProgress');

    expect(scene.records.stored(`deployments/${deploymentId}/stop-request.json`)).toMatchObject({
      cause: 'superseded',
      sentence: `a person released v1 (sha256:111111111111) by hand before production saw this one`,
    });
  });
});

describe('runDeployment of a push that waited while a person chose', () => {
  it('yields to what was deployed by hand after the push', async () => {
    await deployedByHand('Succeeded', 30);

    await expect(run()).rejects.toMatchObject({
      name: 'ReleaseSuperseded',
      message:
        'A person deployed v1 (sha256:111111111111) by hand at 2026-09-01T10:00:30.000Z, after v2 (sha256:222222222222) was pushed; to release it nonetheless, start a new execution with the same input',
    });
    expect(scene.deployments.created).toEqual([]);
  });

  it.each([
    ['was made before the push', 'Succeeded', -30, {}],
    ['did not succeed', 'Failed', 30, {}],
    ['was made before this redrive', 'Succeeded', 30, { redriveCount: 1 }],
  ])('goes on when that %s', async (_, status, seconds, changes) => {
    await deployedByHand(status, seconds);

    await expect(run({ execution: execution(changes) })).resolves.toMatchObject({
      state: 'created',
    });
  });

  it('waits for it, and does not stop it, while it is on its way', async () => {
    scene.config = configOf(serviceConfig({ onNewerPush: 'supersede' }));
    await deployedByHand('InProgress', 30);

    await expect(run()).rejects.toMatchObject({ name: 'DeploymentConflictError' });
    expect(scene.deployments.stopped).toEqual([]);
  });

  it('stops it when the push came later', async () => {
    scene.config = configOf(serviceConfig({ onNewerPush: 'supersede' }));
    await deployedByHand('InProgress', -30);

    await expect(run()).rejects.toMatchObject({ name: 'DeploymentConflictError' });
    expect(scene.deployments.stopped).toEqual([deploymentId]);
  });
});
