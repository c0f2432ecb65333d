import { beforeEach, describe, expect, it } from 'vitest';
import { BlueGreenScene } from '../../support/blue-green-scene.ts';
import { digestOf, execution, release, releaseRequest } from '../../support/builders/releases.ts';
import { runIn } from './run-scene.ts';

let scene: BlueGreenScene;

/** v2 was pushed at ten; the tag v1-again a second later, on an image of long ago. */
beforeEach(async () => {
  scene = new BlueGreenScene();
  scene.deployments.deployments.clear();
  scene.images.push('team/shop', 'v1-again', digestOf('1'), 0);
  const retag = { tag: 'v1-again', digest: digestOf('1'), pushedAt: '2026-09-01T10:00:01Z' };
  await scene.records.write('pushes/retags/shop.json', retag);
});

const run = (changes: Parameters<typeof runIn>[1] = {}) => runIn(scene, changes);

describe('runDeployment where an older image was pushed anew', () => {
  it.each([
    ['a push', execution()],
    ['a redrive', execution({ redriveCount: 1 })],
  ])('ends %s of before as superseded, and deploys nothing', async (_, by) => {
    await expect(run({ execution: by })).rejects.toMatchObject({
      name: 'ReleaseSuperseded',
      message: expect.stringContaining('Tag "v1-again" was put on sha256:111111111111'),
    });
    expect(scene.deployments.created).toEqual([]);
    expect(scene.records.stored(`pushes/${releaseRequest().eventId}/shop.json`)).toMatchObject({
      outcome: 'superseded',
    });
  });

  it.each([
    ['a push of the same second', { pushedAt: '2026-09-01T10:00:01Z' }],
    ['what a person forces', { force: true as const }],
  ])('deploys %s', async (_, changes) => {
    await expect(run({ release: release(changes) })).resolves.toMatchObject({ state: 'created' });
  });

  it('deploys where the tag was taken away again', async () => {
    scene.images.removeTag('team/shop', 'v1-again');
    await expect(run()).resolves.toMatchObject({ state: 'created' });
  });
});
