import { beforeEach, describe, expect, it } from 'vitest';
import { executionName } from '../../../functions/core/workflow/execution-name.ts';
import { rollOut } from '../../../functions/roll-out/step.ts';
import { digestOf, execution, release, releaseRequest } from '../../support/builders/releases.ts';
import { rolloutArn } from '../../support/fakes/fake-service-deployments.ts';
import { newTaskDefinition, RollingScene, rollOutInput } from '../../support/rolling-scene.ts';

const newestTaskDefinition = newTaskDefinition.replace(':4', ':5');
const pushKey = `pushes/${releaseRequest().eventId}/shop.json`;
const minuteMs = 60_000;
let scene: RollingScene;

/** Another release has all of production and bakes for a minute, and answers badly. */
beforeEach(async () => {
  scene = new RollingScene();
  scene.runs(newTaskDefinition, digestOf('2'));
  scene.serviceDeployments.add({
    arn: rolloutArn('BAKES'),
    status: 'SUCCESSFUL',
    // Tasks of many, one after the other: what counts is when it ended.
    createdAtMs: scene.clock.now() - 180 * minuteMs,
    finishedAtMs: scene.clock.now() - minuteMs / 2,
    taskDefinitionArn: newTaskDefinition,
  });
  await scene.records.write('deployments/BAKES/rollout.json', {
    release: release(),
    taskDefinitionArn: newTaskDefinition,
    execution: execution({ executionName: 'the-one-before' }),
    phases: [],
    answers: { before: {}, since: {} },
  });
  scene.answer(500);
});

async function ageBy(ms: number): Promise<void> {
  scene.invocationMs += ms;
  await scene.clock.sleep(ms);
}

const waiting = release({
  tag: 'v3',
  digest: digestOf('3'),
  originalTaskDefinitionArn: newTaskDefinition,
});
const run = () =>
  rollOut(
    rollOutInput({
      release: waiting,
      taskDefinitionArn: newestTaskDefinition,
      execution: execution({ executionName: executionName(waiting) }),
    }),
    scene,
  );

describe('a release that begins while the one before it fails in its bake', () => {
  it('waits until that one has ended, and is not failed for it', async () => {
    await expect(run()).rejects.toMatchObject({
      name: 'DeploymentConflictError',
      message: expect.stringMatching(
        /^Cannot judge the release of "shop" yet: rollout BAKES of v2 \(sha256:222222222222\), which runs now and is not proven, does not pass the checks: /,
      ),
    });
    expect(scene.records.stored(pushKey)).toBeUndefined();
    expect(scene.notifier.published).toEqual([]);
  });

  it.each([
    [
      'that one is settled',
      () => scene.records.write('deployments/BAKES/record.json', { outcome: 'deployed' }),
    ],
    ['nobody settles it for long', () => ageBy(22 * minuteMs)],
    [
      'somebody else rolled it out',
      () => scene.records.write('deployments/BAKES/rollout.json', undefined),
    ],
  ])('fails, with nothing changed, once %s', async (_, happen) => {
    await happen();

    await expect(run()).rejects.toMatchObject({ name: 'DeploymentFailed' });
    expect(scene.records.stored(pushKey)).toMatchObject({ outcome: 'failed' });
  });
});
