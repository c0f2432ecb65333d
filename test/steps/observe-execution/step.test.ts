import { beforeEach, describe, expect, it } from 'vitest';
import { parseExecutionStatusChange } from '../../../functions/core/events/execution-status-change.ts';
import { observeExecution } from '../../../functions/observe-execution/step.ts';
import { deploymentId, rollbackId } from '../../support/blue-green-scene.ts';
import { executionEvent } from '../../support/builders/execution-events.ts';
import { execution, releaseRequest } from '../../support/builders/releases.ts';
import { deploymentTarget } from '../../support/fakes/fake-deployments.ts';
import {
  failAfterTestTraffic,
  observe,
  observedScene,
  pushKey,
  storedRecord,
} from '../observe-deployment/observed-scene.ts';

let scene: Awaited<ReturnType<typeof observedScene>>;

beforeEach(async () => {
  scene = await observedScene();
});

const observeEnd = (detail: Readonly<Record<string, unknown>> = {}) =>
  observeExecution(parseExecutionStatusChange(executionEvent(detail)), scene);

const stopped = 'execution shop-222222222222-ab was stopped: Operator: wrong tag';

describe('an execution that was stopped before its deployment', () => {
  beforeEach(() => scene.deployments.deployments.clear());

  it('leaves one failed outcome and one notification, however often the event comes', async () => {
    await expect(observeEnd()).resolves.toEqual({ kind: 'recorded' });
    await expect(observeEnd()).resolves.toEqual({ kind: 'already-recorded' });

    expect(scene.records.stored(pushKey)).toMatchObject({
      ...releaseRequest(),
      ...execution(),
      outcome: 'failed',
      reason: `Failed before a deployment was started: ${stopped}`,
      notifiedAt: expect.any(String),
    });
    expect(scene.notifier.published).toEqual([
      {
        subject: 'Greengate: shop v2 failed',
        message: expect.stringContaining(`Failed before a deployment was started: ${stopped}`),
      },
    ]);
  });

  it('says the error of retries that ran out, not their stack', async () => {
    const cause = JSON.stringify({
      errorType: 'DeploymentConflictError',
      errorMessage: 'Cannot start a deployment of "shop": d-X is InProgress',
      trace: ['at somewhere'],
    });

    await observeEnd({ status: 'FAILED', error: 'DeploymentConflictError', cause });

    expect(scene.records.stored(pushKey)).toMatchObject({
      reason:
        'Failed before a deployment was started: execution shop-222222222222-ab failed: DeploymentConflictError: Cannot start a deployment of "shop": d-X is InProgress',
    });
  });

  it.each(['PreflightRefused', 'ReleaseHeld', 'ReleaseRefused'])(
    'is refused with %s, though the step could not write so',
    async (error) => {
      await observeEnd({ status: 'FAILED', error, cause: '{"errorMessage":"it is frozen"}' });

      expect(scene.records.stored(pushKey)).toMatchObject({
        outcome: 'refused',
        reason: `Refused: execution shop-222222222222-ab failed: ${error}: it is frozen`,
      });
    },
  );

  it('does not take the record of an earlier attempt for its own', async () => {
    await observeEnd();

    await expect(observeEnd({ redriveCount: 1 })).resolves.toEqual({ kind: 'recorded' });

    expect(scene.records.stored(pushKey)).toMatchObject({ redriveCount: 1 });
    expect(scene.notifier.published).toHaveLength(2);
  });

  it('tells of a failure on record that no notification told of', async () => {
    const reason = 'Cannot confirm shop v2 after deployment d-AAAAAAAA1: two task sets';
    await scene.records.write(pushKey, {
      ...releaseRequest(),
      ...execution(),
      outcome: 'failed',
      reason,
      recordedAt: '2026-09-01T10:04:00Z',
    });

    await observeEnd({ status: 'FAILED', error: 'VerificationFailed', cause: '{}' });
    await observeEnd({ status: 'FAILED', error: 'VerificationFailed', cause: '{}' });

    expect(scene.notifier.published.map(({ message }) => message.split('\n')[0])).toEqual([reason]);
    expect(scene.records.stored(pushKey)).toMatchObject({ outcome: 'failed', reason });
  });

  it('says nothing of a rollback, which was told where it was found', async () => {
    await scene.records.write(pushKey, {
      ...releaseRequest(),
      ...execution(),
      outcome: 'failed',
      reason: 'told',
      recordedAt: '2026-09-01T10:04:00Z',
    });

    await observeEnd({ status: 'FAILED', error: 'DeploymentRolledBack' });

    expect(scene.notifier.published).toEqual([]);
  });

  it('is not stopped by a records bucket that is gone', async () => {
    scene.records.failure = new Error('no bucket');

    await expect(observeEnd()).resolves.toEqual({ kind: 'recorded' });

    expect(scene.notifier.published).toHaveLength(1);
  });
});

describe('an execution that was stopped during its deployment', () => {
  it('has it stopped and rolled back, and the outcome says why', async () => {
    scene.deployments.targets.set(
      deploymentId,
      deploymentTarget({ Install: 'Succeeded', AllowTraffic: 'Pending' }),
    );

    await expect(observeEnd()).resolves.toEqual({ kind: 'stopping', deploymentId });
    expect(scene.deployments.stopped).toEqual([deploymentId]);
    expect(scene.records.stored(pushKey)).toBeUndefined();

    await failAfterTestTraffic(scene);
    scene.deployments.change(deploymentId, {
      status: 'Stopped',
      error: { code: 'MANUAL_STOP', message: 'Stopped.' },
      rollbackDeploymentId: rollbackId,
      rollbackEvents: [],
    });
    await observe(scene, deploymentId, 'STOP');

    expect(storedRecord(scene)).toMatchObject({
      outcome: 'rolled-back',
      reason: `Rolled back: ${stopped}`,
      stop: { cause: 'execution-stopped', sentence: stopped },
    });
    expect(scene.records.stored(pushKey)).toMatchObject({ outcome: 'rolled-back' });
    await expect(observeEnd()).resolves.toEqual({ kind: 'already-recorded' });
    expect(scene.notifier.published).toHaveLength(1);
  });

  it('lets a deployment finish that production has moved to', async () => {
    scene.deployments.targets.set(
      deploymentId,
      deploymentTarget({ AllowTraffic: 'Succeeded', AfterAllowTraffic: 'InProgress' }),
    );

    await expect(observeEnd()).resolves.toEqual({ kind: 'left-alone', deploymentId });

    expect(scene.deployments.stopped).toEqual([]);
  });

  it('keeps the first reason when the stop is repeated', async () => {
    await observeEnd();
    await observeEnd({ cause: 'another' });

    expect(scene.records.stored(`deployments/${deploymentId}/stop-request.json`)).toMatchObject({
      sentence: stopped,
    });
    expect(scene.deployments.stopped).toEqual([deploymentId, deploymentId]);
  });
});

describe('an execution whose deployment ended unheard', () => {
  it('concludes the deployment', async () => {
    const reason = await failAfterTestTraffic(scene);

    await expect(observeEnd()).resolves.toEqual({ kind: 'concluding', deploymentId });

    expect(scene.records.stored(pushKey)).toMatchObject({
      outcome: 'rolled-back',
      reason: `Rolled back: ${reason}`,
    });
  });

  it('waits for a rollback that is not linked yet', async () => {
    await failAfterTestTraffic(scene);
    scene.deployments.change(deploymentId, {
      rollbackDeploymentId: undefined,
      completedAtMs: scene.clock.now(),
    });

    await expect(observeEnd()).rejects.toThrow('names no rollback yet');
  });
});

it('has nothing to do with an execution that is no release', async () => {
  await expect(observeEnd({ input: '{}' })).resolves.toMatchObject({ kind: 'ignored' });

  expect(scene.records.stored(pushKey)).toBeUndefined();
});
