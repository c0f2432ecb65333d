import { beforeEach, describe, expect, it } from 'vitest';
import { parseExecutionStatusChange } from '../../../functions/core/events/execution-status-change.ts';
import { claimPatienceMs } from '../../../functions/core/notification/notify-once.ts';
import { observeExecution } from '../../../functions/observe-execution/step.ts';
import { type BlueGreenScene, deploymentId } from '../../support/blue-green-scene.ts';
import { executionEvent } from '../../support/builders/execution-events.ts';
import { execution, releaseRequest } from '../../support/builders/releases.ts';
import {
  failAfterTestTraffic,
  observe,
  observedScene,
  pushKey,
  recordKey,
} from '../observe-deployment/observed-scene.ts';

let scene: BlueGreenScene;

beforeEach(async () => {
  scene = await observedScene();
});

const observeEnd = (detail: Readonly<Record<string, unknown>> = {}) =>
  observeExecution(parseExecutionStatusChange(executionEvent(detail)), scene);

const recordPush = (changes: Readonly<Record<string, unknown>>) =>
  scene.records.write(pushKey, {
    ...releaseRequest(),
    ...execution(),
    outcome: 'failed',
    reason: 'Cannot confirm shop v2',
    recordedAt: '2026-09-01T10:04:00Z',
    ...changes,
  });

describe('the end of an execution', () => {
  it('that is observed twice in the same moment is told once', async () => {
    scene.deployments.deployments.clear();

    await Promise.all([observeEnd(), observeEnd()]);

    expect(scene.notifier.published).toHaveLength(1);
  });

  it('after a missing rollback is not told again: its deployment told of it', async () => {
    await failAfterTestTraffic(scene);
    scene.deployments.change(deploymentId, { rollbackDeploymentId: undefined });
    await observe(scene);
    expect(scene.records.stored(pushKey)).toMatchObject({ outcome: 'failed', deploymentId });

    await observeEnd();

    expect(scene.notifier.published).toMatchObject([{ alarm: 'RollbackMissing' }]);
  });

  it('sends what the deployment could not tell when it ended', async () => {
    await failAfterTestTraffic(scene);
    scene.notifier.failure = new Error('no topic');
    await observe(scene);
    scene.notifier.failure = undefined;

    await observeEnd({ status: 'FAILED', error: 'DeploymentRolledBack' });
    await observeEnd({ status: 'FAILED', error: 'DeploymentRolledBack' });

    expect(scene.notifier.published.map(({ subject }) => subject)).toEqual([
      'Greengate: shop v2 rolled-back',
    ]);
    expect(scene.records.stored(recordKey)).toMatchObject({ notifiedAt: expect.any(String) });
  });

  it('takes over from an observer of the deployment that crashed', async () => {
    await failAfterTestTraffic(scene);
    const claimedAt = new Date(scene.clock.now()).toISOString();
    await observe(scene);
    scene.notifier.published.length = 0;
    const { notifiedAt: _, ...record } = scene.records.stored(recordKey) as { notifiedAt: string };
    await scene.records.write(recordKey, record);
    await scene.records.write(`deployments/${deploymentId}/notification.json`, {
      occasion: 'deployment ended',
      claimedAt,
    });
    scene.clock.advance(claimPatienceMs);

    await observeEnd({ status: 'ABORTED' });

    expect(scene.notifier.published).toHaveLength(1);
  });

  it('that could not be verified is told although the deployment was', async () => {
    scene.deployments.change(deploymentId, { status: 'Succeeded' });
    await observe(scene, deploymentId, 'SUCCESS');
    await recordPush({ deploymentId });

    await observeEnd({ status: 'FAILED', error: 'VerificationFailed' });
    await observeEnd({ status: 'FAILED', error: 'VerificationFailed' });

    expect(scene.notifier.published.map(({ subject }) => subject)).toEqual([
      'Greengate: shop v2 deployed',
      'Greengate: shop v2 failed',
    ]);
  });

  it('that could not be verified is told also when its outcome was not recorded', async () => {
    scene.deployments.change(deploymentId, { status: 'Succeeded' });
    await observe(scene, deploymentId, 'SUCCESS');
    scene.records.forget(pushKey);

    await observeEnd({ status: 'FAILED', error: 'VerificationFailed', cause: '{}' });

    expect(scene.notifier.published).toHaveLength(2);
    expect(scene.records.stored(pushKey)).toMatchObject({
      outcome: 'failed',
      notifiedAt: expect.any(String),
    });
  });
});
