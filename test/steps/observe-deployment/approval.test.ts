import { beforeEach, describe, expect, it } from 'vitest';
import { type BlueGreenScene, deploymentId, rollbackId } from '../../support/blue-green-scene.ts';
import { hookReport } from '../../support/builders/hook-reports.ts';
import { deploymentTarget } from '../../support/fakes/fake-deployments.ts';
import { failAfterTestTraffic, observe, observedScene, storedRecord } from './observed-scene.ts';

const request = {
  deploymentId,
  hookExecutionId: 'hook-execution-1',
  service: 'shop',
  askedAt: '2026-09-01T10:00:20.000Z',
  expiresAt: '2026-09-01T10:45:00.000Z',
  timeoutMinutes: 45,
};
let scene: BlueGreenScene;

/** BeforeAllowTraffic failed, and the rollback has Succeeded. */
beforeEach(async () => {
  scene = await observedScene();
  await failAfterTestTraffic(scene);
  const taskSets = scene.deployments.targets.get(deploymentId)?.taskSets ?? [];
  const events = { Install: 'Succeeded', BeforeAllowTraffic: 'Failed', AllowTraffic: 'Skipped' };
  scene.deployments.targets.set(deploymentId, deploymentTarget(events, [...taskSets]));
});

function keepReport(changes: Parameters<typeof hookReport>[0]): Promise<void> {
  return scene.records.write(
    `deployments/${deploymentId}/hooks/BeforeAllowTraffic.json`,
    hookReport({ lifecycleEvent: 'BeforeAllowTraffic', ...changes }),
  );
}

describe('observeDeployment of a release that waited for a person', () => {
  it('says that a person rejected it, when Greengate itself let it pass', async () => {
    const asked = { ...request, notifiedAt: '2026-09-01T10:00:21.000Z' };
    await scene.records.write(`deployments/${deploymentId}/approval.json`, asked);
    await keepReport({ awaitsApproval: { timeoutMinutes: 45 } });

    await observe(scene);

    expect(storedRecord(scene)).toMatchObject({
      rollbackDeploymentId: rollbackId,
      approval: { answer: 'rejected' },
      reason: expect.stringMatching(/^Rolled back: a person rejected the release/),
    });
  });

  it('says nothing of a person when nobody could be asked', async () => {
    await scene.records.write(`deployments/${deploymentId}/approval.json`, request);
    const sentence = 'BeforeAllowTraffic passed, but nobody could be asked for approval: denied';
    await keepReport({ verdict: 'error', sentence });

    await observe(scene);

    const record = storedRecord(scene);
    expect(record.reason).toBe(`Rolled back: ${sentence}`);
    expect(record).not.toHaveProperty('approval');
  });
});
