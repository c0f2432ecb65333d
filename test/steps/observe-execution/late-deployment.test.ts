import { beforeEach, describe, expect, it } from 'vitest';
import { parseExecutionStatusChange } from '../../../functions/core/events/execution-status-change.ts';
import { observeExecution } from '../../../functions/observe-execution/step.ts';
import { deploymentId } from '../../support/blue-green-scene.ts';
import { executionEvent } from '../../support/builders/execution-events.ts';
import { ownDescription } from '../../support/builders/tracked-deployments.ts';
import { deploymentTarget } from '../../support/fakes/fake-deployments.ts';
import {
  failAfterTestTraffic,
  observedScene,
  pushKey,
} from '../observe-deployment/observed-scene.ts';

let scene: Awaited<ReturnType<typeof observedScene>>;

beforeEach(async () => {
  scene = await observedScene();
  scene.deployments.deployments.clear();
});

const observeEnd = () => observeExecution(parseExecutionStatusChange(executionEvent()), scene);

/** By the function that ran on when its execution was stopped. */
function createLate(): void {
  scene.deployments.add({ deploymentId, description: ownDescription, status: 'InProgress' });
  scene.deployments.targets.set(deploymentId, deploymentTarget({ Install: 'InProgress' }));
}

describe('a deployment that is created when its execution was stopped and has an outcome', () => {
  it('is stopped by whoever looks again', async () => {
    await expect(observeEnd()).resolves.toEqual({ kind: 'recorded' });
    createLate();

    await expect(observeEnd()).resolves.toEqual({ kind: 'stopping', deploymentId });

    expect(scene.deployments.stopped).toEqual([deploymentId]);
  });

  it('is concluded when it has ended unheard of', async () => {
    await observeEnd();
    createLate();
    await failAfterTestTraffic(scene);

    await expect(observeEnd()).resolves.toEqual({ kind: 'concluding', deploymentId });

    expect(scene.records.stored(pushKey)).toMatchObject({ outcome: 'rolled-back', deploymentId });
  });

  it('is not looked for any more when no function can have run on for so long', async () => {
    await observeEnd();
    createLate();
    await scene.clock.sleep(3_600_001);

    await expect(observeEnd()).resolves.toEqual({ kind: 'already-recorded' });

    expect(scene.deployments.stopped).toEqual([]);
  });
});
