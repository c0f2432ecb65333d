import { beforeEach, describe, expect, it } from 'vitest';
import { claimPatienceMs } from '../../../functions/core/notification/notify-once.ts';
import { type BlueGreenScene, deploymentId, rollbackId } from '../../support/blue-green-scene.ts';
import { failAfterTestTraffic, observe, observedScene, storedRecord } from './observed-scene.ts';

let scene: BlueGreenScene;
const claimKey = `deployments/${deploymentId}/notification.json`;

beforeEach(async () => {
  scene = await observedScene();
  await failAfterTestTraffic(scene);
});

describe('two state changes in the same moment', () => {
  it('notify once and answer once, with one record', async () => {
    const observed = await Promise.all([
      observe(scene, deploymentId, 'FAILURE'),
      observe(scene, rollbackId, 'SUCCESS'),
    ]);

    expect(observed).toEqual([
      { kind: 'answered', deploymentId },
      { kind: 'answered', deploymentId },
    ]);
    expect(scene.notifier.published).toHaveLength(1);
    expect(scene.workflow.answers).toHaveLength(1);
    expect(storedRecord(scene)).toMatchObject({
      outcome: 'rolled-back',
      notifiedAt: expect.any(String),
    });
  });

  it('leave the answer to the one that notifies', async () => {
    const claimedAt = new Date(scene.clock.now()).toISOString();
    await scene.records.write(claimKey, { occasion: 'deployment ended', claimedAt });

    await expect(observe(scene)).rejects.toMatchObject({
      name: 'TransientAwsError',
      message: expect.stringContaining('claimed by another invocation'),
    });
    expect(scene.workflow.answers).toEqual([]);
  });

  it('and a crash before sending: the next try tells of it, then answers', async () => {
    const claimedAt = new Date(scene.clock.now()).toISOString();
    await scene.records.write(claimKey, { occasion: 'deployment ended', claimedAt });
    scene.clock.advance(claimPatienceMs);

    await observe(scene);

    expect(scene.notifier.published).toHaveLength(1);
    expect(scene.workflow.answers).toHaveLength(1);
  });
});
