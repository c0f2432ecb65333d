import { beforeEach, describe, expect, it } from 'vitest';
import { parseExecutionStatusChange } from '../../../functions/core/events/execution-status-change.ts';
import { observeExecution } from '../../../functions/observe-execution/step.ts';
import { deploymentId, rollbackId } from '../../support/blue-green-scene.ts';
import { executionEvent } from '../../support/builders/execution-events.ts';
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

const observeEnd = () => observeExecution(parseExecutionStatusChange(executionEvent()), scene);

describe('a stopped execution whose function died between its deployment and its token', () => {
  it('is rolled back on record when its deployment was', async () => {
    await failAfterTestTraffic(scene);

    await expect(observeEnd()).resolves.toEqual({ kind: 'recorded' });

    expect(scene.records.stored(pushKey)).toMatchObject({
      outcome: 'rolled-back',
      deploymentId,
      reason: expect.stringContaining(`rollback ${rollbackId} Succeeded`),
    });
  });

  it('is failed when the rollback does not verify', async () => {
    await failAfterTestTraffic(scene);
    const weights = { [blueGroup.arn]: 0, [greenGroup.arn]: 100 };
    scene.loadBalancing.forward('arn:listener/production', weights);

    await observeEnd();

    expect(scene.records.stored(pushKey)).toMatchObject({ outcome: 'failed', deploymentId });
  });

  it('waits for a rollback that runs', async () => {
    await failAfterTestTraffic(scene, 'InProgress');

    await expect(observeEnd()).rejects.toMatchObject({ name: 'TransientAwsError' });
    expect(scene.records.stored(pushKey)).toBeUndefined();
  });
});
