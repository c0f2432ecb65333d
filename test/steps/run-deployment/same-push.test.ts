import { beforeEach, describe, expect, it } from 'vitest';
import { executionName } from '../../../functions/core/workflow/execution-name.ts';
import { BlueGreenScene, deploymentId } from '../../support/blue-green-scene.ts';
import { execution, release } from '../../support/builders/releases.ts';
import { trackedDeployment } from '../../support/builders/tracked-deployments.ts';
import { runIn } from './run-scene.ts';

/** The sweep knows the push by ECR's time, its late event by its own. */
const swept = release({ eventId: 'sweep-1-222222222222' });
const told = release();
let scene: BlueGreenScene;

/** The event's execution was rolled back; the sweep's began in the same second and waited for the group. */
beforeEach(async () => {
  scene = new BlueGreenScene();
  scene.deployments.change(deploymentId, {
    status: 'Failed',
    description: `greengate ${executionName(told)} redrive 0`,
  });
  scene.setTaskSets(scene.original);
  await keep({});
});

const keep = (changes: Parameters<typeof release>[0]) =>
  scene.records.write(
    `deployments/${deploymentId}/task-token.json`,
    trackedDeployment({
      release: release(changes),
      execution: execution({ executionName: executionName(told) }),
    }),
  );

const run = (changes: Parameters<typeof execution>[0] = {}) =>
  runIn(scene, {
    release: swept,
    execution: execution({ executionName: executionName(swept), ...changes }),
  });

describe('runDeployment of a push that another execution deployed', () => {
  it('ends as superseded by it, also when it was rolled back', async () => {
    await expect(run()).rejects.toMatchObject({
      name: 'ReleaseSuperseded',
      message: `This push was deployed before, by execution ${executionName(told)} as deployment ${deploymentId}: its outcome is that execution's`,
    });
    expect(scene.deployments.created).toEqual([]);
    expect(scene.records.stored(`pushes/${swept.eventId}/shop.json`)).toMatchObject({
      outcome: 'superseded',
    });
  });

  it.each([
    ['a redrive, which is a person’s word', () => run({ redriveCount: 1 })],
    ['an execution that a person named', () => run({ executionName: 'by-kim' })],
    [
      'another push of the same image, told by an event as well',
      async () => {
        await keep({ eventId: 'sweep-2-222222222222' });
        return run();
      },
    ],
    [
      'a push whose record is lost',
      async () => {
        scene.records.forget(`deployments/${deploymentId}/task-token.json`);
        return run();
      },
    ],
  ])('deploys %s', async (_, start) => {
    await expect(start()).resolves.toMatchObject({ state: 'created' });
  });
});
