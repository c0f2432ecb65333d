import { beforeEach, describe, expect, it } from 'vitest';
import { parseExecutionStatusChange } from '../../../functions/core/events/execution-status-change.ts';
import { observeExecution } from '../../../functions/observe-execution/step.ts';
import { deploymentId } from '../../support/blue-green-scene.ts';
import { executionEvent } from '../../support/builders/execution-events.ts';
import { execution, releaseRequest } from '../../support/builders/releases.ts';
import { blueGroup, greenGroup } from '../../support/fakes/fake-load-balancing.ts';
import {
  failAfterTestTraffic,
  observedScene,
  pushKey,
} from '../observe-deployment/observed-scene.ts';

let scene: Awaited<ReturnType<typeof observedScene>>;

beforeEach(async () => {
  scene = await observedScene();
  scene.records.forget(`deployments/${deploymentId}/task-token.json`);
});

const observeEnd = (detail: Readonly<Record<string, unknown>> = {}) =>
  observeExecution(parseExecutionStatusChange(executionEvent(detail)), scene);
const subjects = () => scene.notifier.published.map(({ subject }) => subject);

describe('a stopped execution whose function died between its deployment and its token', () => {
  it('is rolled back on record when its deployment was', async () => {
    const why = await failAfterTestTraffic(scene);

    await expect(observeEnd()).resolves.toEqual({ kind: 'recorded' });
    await expect(observeEnd()).resolves.toEqual({ kind: 'already-recorded' });

    expect(scene.records.stored(pushKey)).toMatchObject({
      outcome: 'rolled-back',
      deploymentId,
      reason: `Rolled back: ${why}; nothing waited for it: execution shop-222222222222-ab was stopped: Operator: wrong tag`,
    });
    expect(subjects()).toEqual(['Greengate: shop v2 rolled-back']);
  });

  it('is failed, with an alarm, when the rollback does not verify', async () => {
    await failAfterTestTraffic(scene);
    const weights = { [blueGroup.arn]: 0, [greenGroup.arn]: 100 };
    scene.loadBalancing.forward('arn:listener/production', weights);

    await observeEnd();

    expect(scene.records.stored(pushKey)).toMatchObject({ outcome: 'failed', deploymentId });
    expect(scene.notifier.published).toMatchObject([{ alarm: 'RollbackFailed' }]);
  });

  it('is failed, with an alarm, when the rollback never came', async () => {
    await failAfterTestTraffic(scene);
    scene.deployments.change(deploymentId, { rollbackDeploymentId: undefined });

    await observeEnd();

    expect(scene.records.stored(pushKey)).toMatchObject({
      outcome: 'failed',
      reason: expect.stringMatching(/^Rollback missing: /),
    });
    expect(scene.notifier.published).toMatchObject([{ alarm: 'RollbackMissing' }]);
  });

  it('is deployed when its deployment succeeded, and says what nobody looked at', async () => {
    scene.deployments.change(deploymentId, { status: 'Succeeded' });

    await expect(observeEnd()).resolves.toEqual({ kind: 'recorded' });
    await expect(observeEnd()).resolves.toEqual({ kind: 'already-recorded' });

    expect(scene.records.stored(pushKey)).toMatchObject({
      outcome: 'deployed',
      deploymentId,
      reason: `Deployed: deployment ${deploymentId} succeeded, but nothing waited for it, so that what runs now was not verified: execution shop-222222222222-ab was stopped: Operator: wrong tag`,
      notifiedAt: expect.any(String),
    });
    expect(subjects()).toEqual(['Greengate: shop v2 deployed']);
  });

  it('is deployed though the step that created the deployment recorded a failure', async () => {
    await scene.records.write(pushKey, {
      ...releaseRequest(),
      ...execution(),
      outcome: 'failed',
      reason: 'codedeploy:CreateDeployment: the answer was lost',
      recordedAt: new Date(scene.clock.now()).toISOString(),
    });
    scene.deployments.change(deploymentId, { status: 'Succeeded' });

    await observeEnd({ status: 'FAILED', error: 'Error' });

    expect(scene.records.stored(pushKey)).toMatchObject({ outcome: 'deployed', deploymentId });
  });

  it('is failed when it was verified, and was not what was asked for', async () => {
    scene.deployments.change(deploymentId, { status: 'Succeeded' });

    await observeEnd({ status: 'FAILED', error: 'VerificationFailed', cause: '{}' });

    expect(scene.records.stored(pushKey)).toMatchObject({ outcome: 'failed', deploymentId });
  });

  it('has its outcome also when what lies in the place of the token is none', async () => {
    scene.deployments.change(deploymentId, { status: 'Succeeded' });
    await scene.records.write(`deployments/${deploymentId}/task-token.json`, { taskToken: 7 });

    await observeEnd();

    expect(scene.records.stored(pushKey)).toMatchObject({ outcome: 'deployed' });
  });

  it('waits for a rollback that runs', async () => {
    await failAfterTestTraffic(scene, 'InProgress');

    await expect(observeEnd()).rejects.toMatchObject({ name: 'TransientAwsError' });
    expect(scene.records.stored(pushKey)).toBeUndefined();
  });
});
