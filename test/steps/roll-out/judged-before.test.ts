import { beforeEach, describe, expect, it } from 'vitest';
import { executionName } from '../../../functions/core/workflow/execution-name.ts';
import { rollOut } from '../../../functions/roll-out/step.ts';
import { execution, release } from '../../support/builders/releases.ts';
import { rolloutRecord } from '../../support/builders/rollout-records.ts';
import { newTaskDefinition, RollingScene } from '../../support/rolling-scene.ts';

/** One image, pushed under two tags within a second, for which a revision each was registered. */
const first = release({ tag: 'v2.0', eventId: 'event-of-v2.0' });
const second = release();
const otherTaskDefinition = newTaskDefinition.replace(':4', ':5');
let scene: RollingScene;

/** The first tag's rollout went back while the second one's execution waited. */
beforeEach(async () => {
  scene = new RollingScene();
  scene.serviceDeployments.add({
    taskDefinitionArn: otherTaskDefinition,
    status: 'ROLLBACK_SUCCESSFUL',
    finishedAtMs: Date.parse('2026-09-01T10:04:00Z'),
  });
  const record = rolloutRecord({
    outcome: 'rolled-back',
    error: 'DeploymentRolledBack',
    reason: 'Rolled back: bad',
    release: first,
    taskDefinitionArn: otherTaskDefinition,
    execution: execution({ executionName: executionName(first) }),
  });
  await scene.records.write('deployments/AAAAAAAA1/record.json', record);
});

const run = (changes: Parameters<typeof execution>[0] = {}) =>
  rollOut(
    {
      release: second,
      taskDefinitionArn: newTaskDefinition,
      execution: execution({ executionName: executionName(second), ...changes }),
      attemptStartedAt: execution().startedAt,
    },
    scene,
  );

describe('rollOut of an image that was put back under another tag', () => {
  it('does not let production meet it again', async () => {
    await expect(run()).rejects.toMatchObject({
      name: 'DeploymentRolledBack',
      message: expect.stringMatching(
        /^Rolled back: bad; this push of v2 is of the very image that execution \S+ deployed as v2\.0, deployment AAAAAAAA1: /,
      ),
    });

    expect(scene.serviceDeployments.started).toEqual([]);
    expect(scene.records.stored(`pushes/${second.eventId}/shop.json`)).toMatchObject({
      outcome: 'rolled-back',
      deploymentId: 'AAAAAAAA1',
    });
  });

  it.each([
    ['a person starts it', { executionName: 'by-kim' }],
    ['a person redrives it', { redriveCount: 1 }],
  ])('does, when %s', async (_, changes) => {
    scene.serviceDeployments.beforeGet = () => {
      throw new Error('it has begun');
    };

    await expect(run(changes)).rejects.toThrow('it has begun');

    expect(scene.serviceDeployments.started).toHaveLength(1);
  });

  it('does, when nobody can read what became of it', async () => {
    scene.records.failure = new Error('no bucket');
    scene.serviceDeployments.beforeGet = () => {
      throw new Error('it has begun');
    };

    await expect(run()).rejects.toThrow('it has begun');
  });
});
