import { beforeEach, describe, expect, it } from 'vitest';
import { TransientAwsError } from '../../../functions/core/errors.ts';
import { rollOut } from '../../../functions/roll-out/step.ts';
import { rolloutArn } from '../../support/fakes/fake-service-deployments.ts';
import {
  newTaskDefinition,
  originalTaskDefinition,
  RollingScene,
  rollOutInput,
} from '../../support/rolling-scene.ts';

let scene: RollingScene;

beforeEach(() => {
  scene = new RollingScene();
});

const run = () => rollOut(rollOutInput(), scene);

/** The answer to the `nth` request is lost, and ECS lists what it has done only so much later, or has done nothing. */
function loseAnswer(nth: number, shownAfterMs: number | undefined): void {
  const { start, list } = scene.serviceDeployments;
  let asked = 0;
  scene.serviceDeployments.start = async (request) => {
    asked += 1;
    if (asked !== nth) return start.call(scene.serviceDeployments, request);
    const known = [...scene.serviceDeployments.rollouts];
    const fromMs = scene.clock.now() + (shownAfterMs ?? 0);
    if (shownAfterMs === undefined) scene.serviceDeployments.started.push(request);
    else await start.call(scene.serviceDeployments, request);
    scene.serviceDeployments.list = (...args) =>
      scene.clock.now() < fromMs
        ? Promise.resolve(known)
        : list.apply(scene.serviceDeployments, args);
    throw new TransientAwsError('ecs:UpdateService on prod/shop failed for now: socket hang up');
  };
}

function endAtFirstLook(): void {
  scene.serviceDeployments.beforeGet = (arn) => scene.end(arn, 'SUCCESSFUL');
}

const asked = () =>
  scene.serviceDeployments.started.map(({ taskDefinitionArn }) => taskDefinitionArn);

describe('a rollout whose answer is lost', () => {
  it('is found when ECS lists it, and not asked for again', async () => {
    loseAnswer(1, 5_000);
    endAtFirstLook();

    await expect(run()).resolves.toMatchObject({ outcome: 'deployed', deploymentId: 'STARTED1' });
    expect(asked()).toEqual([newTaskDefinition]);
  });

  it('is asked for by the next try when ECS never lists it', async () => {
    loseAnswer(1, undefined);
    endAtFirstLook();

    await expect(run()).rejects.toMatchObject({
      name: 'TransientAwsError',
      message: expect.stringContaining('socket hang up'),
    });
    await expect(run()).resolves.toMatchObject({ outcome: 'deployed' });
    expect(asked()).toEqual([newTaskDefinition, newTaskDefinition]);
  });

  it('is found on the way back as well', async () => {
    loseAnswer(2, 5_000);
    endAtFirstLook();
    const endFirst = scene.serviceDeployments.beforeGet;
    scene.serviceDeployments.beforeGet = (arn) => {
      scene.answer(500);
      endFirst(arn);
    };
    const back = rolloutArn('STARTED2');
    scene.clock.duringSleep = () => {
      const found = scene.serviceDeployments.rollouts.find(({ arn }) => arn === back);
      if (found?.status !== 'IN_PROGRESS') return;
      scene.answer(200);
      scene.end(back, 'SUCCESSFUL');
    };

    await expect(run()).rejects.toMatchObject({ name: 'DeploymentRolledBack' });
    expect(asked()).toEqual([newTaskDefinition, originalTaskDefinition]);
    expect(scene.serviceDeployments.rollouts.map(({ arn }) => arn)).toEqual([
      back,
      rolloutArn('STARTED1'),
    ]);
  });
});
