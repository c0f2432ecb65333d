import { beforeEach, describe, expect, it } from 'vitest';
import { BlueGreenScene, deploymentId } from '../../support/blue-green-scene.ts';
import { release } from '../../support/builders/releases.ts';
import { pushKey, runIn } from './run-scene.ts';

const document = (image: string) => ({
  family: 'web',
  containerDefinitions: [{ name: 'app', image }],
});
let scene: BlueGreenScene;
let originalArn: string;
let registeredArn: string;

/** Another execution has deployed while this one waited: its task set is PRIMARY. */
beforeEach(() => {
  scene = new BlueGreenScene();
  originalArn = scene.taskDefinitions.add(document('old'));
  registeredArn = scene.taskDefinitions.add(document(release().image));
  scene.deployments.change(deploymentId, {
    status: 'Succeeded',
    description: 'greengate shop-222222222222-other redrive 0',
  });
});

function productionRuns(taskDefinitionArn: string): void {
  scene.setTaskSets({ ...scene.replacement, status: 'PRIMARY', taskDefinitionArn });
}

const run = () =>
  runIn(scene, {
    release: release({ originalTaskDefinitionArn: originalArn }),
    taskDefinitionArn: registeredArn,
  });

describe('runDeployment after another execution deployed the same release', () => {
  it.each([
    ['the same revision', () => registeredArn],
    ['a revision of the same content', () => scene.taskDefinitions.add(document(release().image))],
  ])('ends as already running: %s', async (_, arn) => {
    productionRuns(arn());

    await expect(run()).rejects.toMatchObject({
      name: 'ReleaseAlreadyRunning',
      message: `Deployment ${deploymentId} brought this image to production while this execution waited`,
    });

    expect(scene.deployments.created).toEqual([]);
    expect(scene.records.stored(pushKey)).toMatchObject({ outcome: 'already-running' });
  });

  it('does not take for that what failed late and is not rolled back yet', async () => {
    scene.deployments.change(deploymentId, { status: 'Failed' });
    productionRuns(registeredArn);

    await expect(run()).resolves.toMatchObject({ state: 'created' });
  });

  it('deploys over another image', async () => {
    productionRuns(scene.taskDefinitions.add(document('another')));

    await expect(run()).resolves.toMatchObject({ state: 'created' });
  });
});
