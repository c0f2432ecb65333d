import { beforeEach, describe, expect, it } from 'vitest';
import { parseExecutionStatusChange } from '../../../functions/core/events/execution-status-change.ts';
import type { RolloutRecord } from '../../../functions/core/rolling/rollout-record.ts';
import { observeExecution } from '../../../functions/observe-execution/step.ts';
import { rollOut } from '../../../functions/roll-out/step.ts';
import { executionEvent } from '../../support/builders/execution-events.ts';
import { digestOf, execution, release, releaseRequest } from '../../support/builders/releases.ts';
import { rolloutArn } from '../../support/fakes/fake-service-deployments.ts';
import {
  newTaskDefinition,
  originalTaskDefinition,
  RollingScene,
  rollOutInput,
} from '../../support/rolling-scene.ts';

const started = rolloutArn('STARTED1');
const newer = rolloutArn('NEWER');
const pushKey = `pushes/${releaseRequest().eventId}/shop.json`;
const newestTaskDefinition = newTaskDefinition.replace(':4', ':5');
let scene: RollingScene;

beforeEach(() => {
  scene = new RollingScene();
  scene.serviceDeployments.begun = { createdAtMs: scene.clock.now() };
  scene.serviceDeployments.beforeGet = (arn) => {
    if (arn === started) scene.end(started, 'SUCCESSFUL');
  };
});

/** While ours bakes, another rollout begins, which ECS does not mind. */
function begin(taskDefinitionArn: string, meanwhile: () => void): void {
  scene.clock.duringSleep = () => {
    if (scene.serviceDeployments.rollouts.some(({ arn }) => arn === newer)) return;
    if (scene.serviceDeployments.rollouts[0]?.status !== 'SUCCESSFUL') return;
    const createdAtMs = scene.clock.now() + 1_000;
    scene.serviceDeployments.add({ arn: newer, taskDefinitionArn, createdAtMs });
    meanwhile();
  };
}

const run = () => rollOut(rollOutInput(), scene);
const record = () => scene.records.stored('deployments/STARTED1/record.json') as RolloutRecord;
const reason =
  'Deployed: v2 (sha256:222222222222) had all of production of shop, rollout STARTED1 succeeded, not proven to the end: rollout NEWER has taken its place since';

describe('a rollout that another one takes the place of while it bakes', () => {
  it.each([
    ['answers well', () => scene.runs(newestTaskDefinition, digestOf('3'))],
    ['answers badly', () => scene.answer(500)],
  ])('is deployed, and not proven to the end, when the other one %s', async (_, meanwhile) => {
    begin(newestTaskDefinition, meanwhile);

    await expect(run()).resolves.toMatchObject({ outcome: 'deployed', reason });

    expect(record()).toMatchObject({ outcome: 'deployed', overtakenBy: 'NEWER' });
    expect(scene.records.stored(pushKey)).toMatchObject({ outcome: 'deployed', reason });
    expect(scene.serviceDeployments.started).toHaveLength(1);
    expect(scene.notifier.published).toHaveLength(1);
  });

  it('is so also of a person who goes back to the revision before it', async () => {
    begin(originalTaskDefinition, () => scene.answer(500));
    const kept = {
      release: release({ byHand: 'rollback', tag: 'v1', digest: digestOf('1') }),
      taskDefinitionArn: originalTaskDefinition,
      execution: execution({ executionName: 'back' }),
      phases: [],
      answers: { before: {}, since: {} },
    };
    await scene.records.write('deployments/NEWER/rollout.json', kept);

    await expect(run()).resolves.toMatchObject({ outcome: 'deployed', reason });
  });

  it('is so also of one that begins when it is about to be taken back', async () => {
    const { list } = scene.serviceDeployments;
    let hasFailed = false;
    scene.clock.duringSleep = () => {
      if (scene.serviceDeployments.rollouts[0]?.status !== 'SUCCESSFUL') return;
      scene.answer(500);
      hasFailed = true;
    };
    let looks = 0;
    scene.serviceDeployments.list = async (...args) => {
      // The look that ends the proof still sees none.
      if (hasFailed && ++looks === 2) {
        scene.serviceDeployments.add({
          arn: newer,
          taskDefinitionArn: newestTaskDefinition,
          createdAtMs: scene.clock.now() + 1_000,
        });
      }
      return list.apply(scene.serviceDeployments, args);
    };

    await expect(run()).resolves.toMatchObject({ outcome: 'deployed', reason });
    expect(scene.serviceDeployments.started).toHaveLength(1);
  });

  it('takes its own way back, which an earlier try began, for none', async () => {
    begin(originalTaskDefinition, () => {
      scene.answer(500);
      scene.end(newer, 'SUCCESSFUL');
    });

    await expect(run()).rejects.toMatchObject({ name: 'RollbackFailed' });

    expect(scene.serviceDeployments.started).toHaveLength(1);
    expect(record()).toMatchObject({ rollbackDeploymentId: 'NEWER' });
  });
});

describe('a way back at whose end the next release begins', () => {
  const begunSince = 'the way back was not verified to the end, as rollout NEXT has begun since';
  const next = () => {
    scene.serviceDeployments.add({
      arn: rolloutArn('NEXT'),
      taskDefinitionArn: newestTaskDefinition,
      createdAtMs: scene.clock.now() + 2_000,
    });
    scene.runs(newestTaskDefinition, digestOf('3'));
  };

  it('is one all the same where ECS went it', async () => {
    scene.serviceDeployments.beforeGet = (arn) => {
      if (arn !== started) return;
      scene.end(started, 'ROLLBACK_SUCCESSFUL');
      next();
    };

    await expect(run()).rejects.toMatchObject({
      name: 'DeploymentRolledBack',
      message: expect.stringContaining(begunSince),
    });
    expect(record()).toMatchObject({ outcome: 'rolled-back', back: { overtakenBy: 'NEXT' } });
  });

  it('is one all the same where a rollout was', async () => {
    begin(originalTaskDefinition, () => {
      scene.answer(500);
      scene.end(newer, 'SUCCESSFUL');
      next();
    });

    await expect(run()).rejects.toMatchObject({
      name: 'DeploymentRolledBack',
      message: expect.stringContaining(begunSince),
    });
    expect(record()).toMatchObject({
      rollbackDeploymentId: 'NEWER',
      back: { overtakenBy: 'NEXT' },
    });
  });
});

describe('a rollout that succeeded, and whose tasks are not all of the release', () => {
  it('is failed on record too, and told once', async () => {
    const end = scene.serviceDeployments.beforeGet;
    scene.serviceDeployments.beforeGet = (arn) => {
      end(arn);
      scene.runs(newTaskDefinition, digestOf('9'));
    };

    await expect(run()).rejects.toMatchObject({
      name: 'VerificationFailed',
      message: expect.stringMatching(/^Cannot confirm shop v2 after rollout STARTED1: running/),
    });

    const event = executionEvent({ status: 'FAILED', error: 'VerificationFailed' });
    await observeExecution(parseExecutionStatusChange(event), scene);

    const ending = { outcome: 'failed', deploymentId: 'STARTED1' };
    expect(record()).toMatchObject({ ...ending, error: 'VerificationFailed' });
    expect(scene.records.stored(pushKey)).toMatchObject(ending);
    expect(scene.notifier.published).toHaveLength(1);
  });
});
