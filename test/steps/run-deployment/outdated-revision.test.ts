import { beforeEach, describe, expect, it } from 'vitest';
import { BlueGreenScene } from '../../support/blue-green-scene.ts';
import { release, releaseRequest } from '../../support/builders/releases.ts';
import { runIn } from './run-scene.ts';

const { image } = release();
let scene: BlueGreenScene;
let originalArn: string;
let registeredArn: string;

/** The release was derived from a revision without variables; production runs another revision by now. */
beforeEach(() => {
  scene = new BlueGreenScene();
  scene.deployments.deployments.clear();
  originalArn = scene.taskDefinitions.add(document('old'));
  registeredArn = scene.taskDefinitions.add(document(image));
});

function document(containerImage: string, environment: { name: string; value: string }[] = []) {
  return {
    family: 'web',
    containerDefinitions: [{ name: 'app', image: containerImage, environment }],
  };
}

function productionRuns(taskDefinitionArn: string): void {
  scene.setTaskSets({ ...scene.original, taskDefinitionArn });
}

const run = (changes: Parameters<typeof release>[0] = {}) =>
  runIn(scene, {
    release: release({ originalTaskDefinitionArn: originalArn, ...changes }),
    taskDefinitionArn: registeredArn,
  });

describe('runDeployment after production got another task definition', () => {
  it('goes on when only the image differs, as another release leaves it', async () => {
    productionRuns(scene.taskDefinitions.add(document('newer')));

    await expect(run()).resolves.toMatchObject({ state: 'created' });
  });

  it('has the revision made anew when more differs, and records no end of the push', async () => {
    productionRuns(scene.taskDefinitions.add(document('old', [{ name: 'LOG', value: 'debug' }])));

    await expect(run()).rejects.toMatchObject({
      name: 'RevisionOutdated',
      message:
        'Production of "shop" runs web:3 by now, which differs from web:2 in more than the image: the revision is made anew from it',
    });
    expect(scene.deployments.created).toEqual([]);
    expect(scene.records.stored(`pushes/${releaseRequest().eventId}/shop.json`)).toBeUndefined();
  });

  it('does not roll back by hand what is no longer in production', async () => {
    productionRuns(scene.taskDefinitions.add(document('newer')));

    await expect(run({ byHand: 'rollback', force: true })).rejects.toMatchObject({
      name: 'ReleaseRefused',
      message: expect.stringContaining(
        'production ran web:1 when it was asked for, and runs web:3',
      ),
    });
    expect(scene.records.stored(`pushes/${releaseRequest().eventId}/shop.json`)).toMatchObject({
      outcome: 'refused',
    });
  });

  it('compares nothing while production is what it was', async () => {
    productionRuns(originalArn);
    scene.taskDefinitions.describe = () => Promise.reject(new Error('not to be called'));

    await expect(run()).resolves.toMatchObject({ state: 'created' });
  });
});
