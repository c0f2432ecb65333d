import { beforeEach, describe, expect, it } from 'vitest';
import { parseExecutionStatusChange } from '../../../functions/core/events/execution-status-change.ts';
import { observeExecution } from '../../../functions/observe-execution/step.ts';
import { deploymentId } from '../../support/blue-green-scene.ts';
import { executionEvent } from '../../support/builders/execution-events.ts';
import { execution, release, releaseRequest } from '../../support/builders/releases.ts';
import { deploymentTarget } from '../../support/fakes/fake-deployments.ts';
import { observedScene, pushKey } from '../observe-deployment/observed-scene.ts';

let scene: Awaited<ReturnType<typeof observedScene>>;

beforeEach(async () => {
  scene = await observedScene();
});

const ofAttempt = (redriveCount: number) =>
  `greengate ${execution().executionName} redrive ${redriveCount}`;
const observeEndOfFirstAttempt = () =>
  observeExecution(parseExecutionStatusChange(executionEvent({ redriveCount: 0 })), scene);

describe('the end of an attempt that is heard of after its redrive has begun', () => {
  beforeEach(() => {
    scene.deployments.targets.set(deploymentId, deploymentTarget({ Install: 'InProgress' }));
  });

  it('leaves the outcome of the redrive on record', async () => {
    scene.deployments.deployments.clear();
    const outcome = {
      ...releaseRequest(),
      ...execution({ redriveCount: 1 }),
      outcome: 'rolled-back',
      reason: 'Rolled back',
      recordedAt: '2026-09-01T10:30:00Z',
    };
    await scene.records.write(pushKey, outcome);

    await expect(observeEndOfFirstAttempt()).resolves.toEqual({ kind: 'already-recorded' });

    expect(scene.records.stored(pushKey)).toEqual(outcome);
    expect(scene.notifier.published).toEqual([]);
  });

  it('does not stop the deployment of the redrive', async () => {
    const status = 'InProgress';
    scene.deployments.change(deploymentId, { status, description: ofAttempt(1) });

    await expect(observeEndOfFirstAttempt()).resolves.toEqual({ kind: 'recorded' });

    expect(scene.deployments.stopped).toEqual([]);
  });

  it('does not stop the deployment that the redrive has adopted', async () => {
    const status = 'InProgress';
    scene.deployments.change(deploymentId, { status, description: ofAttempt(0) });
    await scene.records.write(`deployments/${deploymentId}/task-token.json`, {
      release: release(),
      taskDefinitionArn: 'arn:aws:ecs:eu-central-1:123456789012:task-definition/shop:4',
      execution: execution({ redriveCount: 1 }),
      taskToken: 'token-of-the-redrive',
    });

    await expect(observeEndOfFirstAttempt()).resolves.toEqual({
      kind: 'left-alone',
      deploymentId,
    });

    expect(scene.deployments.stopped).toEqual([]);
  });

  it('stops the deployment that waits for nobody', async () => {
    const status = 'InProgress';
    scene.deployments.change(deploymentId, { status, description: ofAttempt(0) });

    await expect(observeEndOfFirstAttempt()).resolves.toEqual({ kind: 'stopping', deploymentId });

    expect(scene.deployments.stopped).toEqual([deploymentId]);
  });
});
