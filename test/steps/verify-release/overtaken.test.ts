import { beforeEach, describe, expect, it } from 'vitest';
import { verifyRelease } from '../../../functions/verify-release/step.ts';
import { BlueGreenScene, deploymentId } from '../../support/blue-green-scene.ts';
import { execution, release, releaseRequest } from '../../support/builders/releases.ts';
import { blueGroup, greenGroup } from '../../support/fakes/fake-load-balancing.ts';

const pushKey = `pushes/${releaseRequest().eventId}/shop.json`;
const later = { deploymentId: 'd-LATER0001', createdAtMs: Date.parse('2026-09-01T10:20:00Z') };
let scene: BlueGreenScene;

beforeEach(() => {
  scene = new BlueGreenScene();
  scene.allowTraffic();
  scene.deployments.change(deploymentId, { status: 'Succeeded' });
  // The next deployment has shifted a part of production already.
  const weights = { [blueGroup.arn]: 10, [greenGroup.arn]: 90 };
  scene.loadBalancing.forward('arn:listener/production', weights);
});

const verify = () =>
  verifyRelease(
    {
      release: release(),
      taskDefinitionArn: scene.replacement.taskDefinitionArn,
      execution: execution(),
      deploymentId,
    },
    scene,
  );

describe('a release whose end was heard of after the next deployment had begun', () => {
  it('stays deployed, as CodeDeploy says', async () => {
    scene.deployments.add(later);

    const { reason } = await verify();

    expect(reason).toBe(
      'Deployed: deployment d-AAAAAAAA1 of shop v2 (sha256:222222222222) succeeded; deployment d-LATER0001 has begun since, so that what runs now is not for it to answer',
    );
    expect(scene.records.stored(pushKey)).toMatchObject({ outcome: 'deployed', reason });
  });

  it('is not confirmed when nothing has begun since', async () => {
    await expect(verify()).rejects.toMatchObject({ name: 'VerificationFailed' });
    expect(scene.records.stored(pushKey)).toMatchObject({ outcome: 'failed' });
  });

  it('is not confirmed when what else there is was there before', async () => {
    scene.deployments.add({ ...later, createdAtMs: Date.parse('2026-09-01T10:00:00Z') });

    await expect(verify()).rejects.toMatchObject({ name: 'VerificationFailed' });
  });

  it('is not confirmed when its own deployment has not succeeded', async () => {
    scene.deployments.change(deploymentId, { status: 'Stopped' });
    scene.deployments.add(later);

    await expect(verify()).rejects.toMatchObject({ name: 'VerificationFailed' });
  });
});
