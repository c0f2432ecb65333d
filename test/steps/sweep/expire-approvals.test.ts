import { beforeEach, describe, expect, it } from 'vitest';
import type { ApprovalRequest } from '../../../functions/core/approval/approval-request.ts';
import { TransientAwsError } from '../../../functions/core/errors.ts';
import { expireApprovals } from '../../../functions/sweep/expire-approvals.ts';
import { BlueGreenScene, deploymentId } from '../../support/blue-green-scene.ts';
import { serviceConfig } from '../../support/builders/releases.ts';
import { deploymentTarget } from '../../support/fakes/fake-deployments.ts';

const key = `deployments/${deploymentId}/approval.json`;
const approval = { required: true, timeoutMinutes: 45 };
let scene: BlueGreenScene;
let request: ApprovalRequest;

beforeEach(async () => {
  scene = new BlueGreenScene();
  request = {
    deploymentId,
    hookExecutionId: 'hook-1',
    service: 'shop',
    askedAt: new Date(scene.clock.now()).toISOString(),
    expiresAt: new Date(scene.clock.now() + 45 * 60_000).toISOString(),
    timeoutMinutes: 45,
  };
  await scene.records.write(key, request);
  beforeAllowTraffic('InProgress');
  scene.clock.advance(46 * 60_000);
});

function beforeAllowTraffic(status: string): void {
  scene.deployments.targets.set(deploymentId, deploymentTarget({ BeforeAllowTraffic: status }));
}

const run = (changes = {}) => expireApprovals(serviceConfig({ approval, ...changes }), scene);
const rejected = [{ deploymentId, hookExecutionId: 'hook-1', status: 'Failed' }];

describe('expireApprovals', () => {
  it('rejects what nobody answered in time, and keeps first that it was nobody', async () => {
    scene.deployments.reportFailure = new TransientAwsError('Rate exceeded');
    await expect(run()).rejects.toThrow('Rate exceeded');
    expect(scene.records.stored(key)).toHaveProperty('expiredAt');
    scene.deployments.reportFailure = undefined;

    await expect(run()).resolves.toEqual([deploymentId]);

    expect(scene.deployments.reports).toEqual(rejected);
  });

  it('leaves alone who may still answer', async () => {
    await scene.records.write(key, {
      ...request,
      expiresAt: new Date(scene.clock.now() + 1).toISOString(),
    });

    await expect(run()).resolves.toEqual([]);
    expect(scene.deployments.reports).toEqual([]);
  });

  it.each(['Succeeded', 'Failed'])(
    'leaves alone what a person answered with %s',
    async (status) => {
      beforeAllowTraffic(status);

      await expect(run()).resolves.toEqual([]);
      expect(scene.records.stored(key)).toEqual(request);
    },
  );

  it('takes it back when a person was quicker by a moment', async () => {
    scene.deployments.completedHooks.add('hook-1');

    await expect(run()).resolves.toEqual([]);
    expect(scene.records.stored(key)).toEqual(request);
  });

  it('does not look at deployments that are over, nor at services that want no approval', async () => {
    await expect(run({ approval: { ...approval, required: false } })).resolves.toEqual([]);
    scene.deployments.change(deploymentId, { status: 'Stopped' });
    await expect(run()).resolves.toEqual([]);
    expect(scene.deployments.reports).toEqual([]);
  });
});
