import { beforeEach, describe, expect, it } from 'vitest';
import type { DeploymentRecord } from '../../../functions/core/deployment/deployment-record.ts';
import { verifyRelease } from '../../../functions/verify-release/step.ts';
import { parseVerificationInput } from '../../../functions/verify-release/verification-input.ts';
import { BlueGreenScene, deploymentId } from '../../support/blue-green-scene.ts';
import { rolledBackRecord } from '../../support/builders/deployment-records.ts';
import { digestOf, execution, release, releaseRequest } from '../../support/builders/releases.ts';
import { blueGroup, greenGroup } from '../../support/fakes/fake-load-balancing.ts';

const pushKey = `pushes/${releaseRequest().eventId}/shop.json`;
let scene: BlueGreenScene;

beforeEach(() => {
  scene = new BlueGreenScene();
  scene.allowTraffic();
});

const verify = (platformDigest = digestOf('2')) =>
  verifyRelease(
    {
      release: release({ platformDigest }),
      taskDefinitionArn: scene.replacement.taskDefinitionArn,
      execution: execution(),
      deploymentId,
    },
    scene,
  );

describe('verifyRelease', () => {
  it('confirms what runs and gives the output of the execution', async () => {
    const result = await verify();

    expect(result).toEqual({
      outcome: 'deployed',
      reason: `Deployed: every running task of shop runs v2 (sha256:222222222222) and production forwards to them only, deployment ${deploymentId}`,
      service: 'shop',
      tag: 'v2',
      digest: digestOf('2'),
      deploymentId,
    });
    expect(scene.records.stored(pushKey)).toMatchObject({ outcome: 'deployed', deploymentId });
  });

  it('confirms although the bucket is gone', async () => {
    scene.records.failure = new Error('NoSuchBucket');

    await expect(verify()).resolves.toMatchObject({ outcome: 'deployed' });
  });

  it('accepts tasks that show the digest of their platform', async () => {
    scene.runDigest(digestOf('a'));

    await expect(verify(digestOf('a'))).resolves.toMatchObject({ outcome: 'deployed' });
  });

  it.each<[string, (scene: BlueGreenScene) => void, string]>([
    [
      'a task of another digest',
      (spoilt) => spoilt.runDigest(digestOf('9')),
      `${digestOf('9')} in 2 of 2 running tasks`,
    ],
    [
      'a share of production elsewhere',
      (spoilt) =>
        spoilt.loadBalancing.forward('arn:listener/production', {
          [blueGroup.arn]: 5,
          [greenGroup.arn]: 95,
        }),
      'expected to forward to shop-green only, got shop-blue 5, shop-green 95',
    ],
    [
      'a PRIMARY task set of another revision',
      (spoilt) => spoilt.setTaskSets(spoilt.original),
      `expected the PRIMARY task set to run arn:aws:ecs:eu-central-1:123456789012:task-definition/shop:1, got ${'arn:aws:ecs:eu-central-1:123456789012:task-definition/shop:3'}`,
    ],
    [
      'tasks of another task set behind the same group',
      (spoilt) =>
        spoilt.setTaskSets(
          { ...spoilt.replacement, status: 'PRIMARY' },
          { ...spoilt.replacement, id: 'ecs-svc/9', externalId: 'd-LEFT00001' },
        ),
      'expected no tasks of another task set behind shop-green, got 2 of ecs-svc/9 (d-LEFT00001)',
    ],
    ['no running task', (spoilt) => spoilt.services.tasks.clear(), '0 of 0 running tasks'],
  ])('with %s fails with expected and observed, and records it', async (_, spoil, said) => {
    spoil(scene);

    await expect(verify()).rejects.toMatchObject({
      name: 'VerificationFailed',
      message: expect.stringContaining(said),
    });
    expect(scene.records.stored(pushKey)).toMatchObject({ outcome: 'failed' });
  });

  describe('of a deployment that is on record', () => {
    const key = `deployments/${deploymentId}/record.json`;
    const deployed: DeploymentRecord = {
      ...rolledBackRecord(),
      ...{ outcome: 'deployed', error: undefined, reason: 'Deployed', notifiedAt: 'then' },
    } as never;
    const stored = () => scene.records.stored(key);

    it('keeps what confirms it there', async () => {
      await scene.records.write(key, deployed);

      const { reason } = await verify();

      expect(stored()).toMatchObject({
        outcome: 'deployed',
        reason,
        notifiedAt: 'then',
        verification: { verdict: 'pass', sentence: reason },
      });
    });

    it('does not let the record say deployed of what does not run, until a later try confirms it', async () => {
      await scene.records.write(key, deployed);
      scene.runDigest(digestOf('9'));

      await expect(verify()).rejects.toMatchObject({ name: 'VerificationFailed' });

      expect(stored()).toMatchObject({
        outcome: 'failed',
        error: 'VerificationFailed',
        reason: expect.stringContaining('Cannot confirm shop v2'),
        verification: { verdict: 'fail', checks: expect.any(Array) },
      });

      scene.runDigest(digestOf('2'));
      await verify();

      expect(stored()).toMatchObject({ outcome: 'deployed' });
      expect(stored()).not.toHaveProperty('error');
    });

    it('leaves the end of a deployment that was rolled back as it is', async () => {
      await scene.records.write(key, rolledBackRecord());

      await verify();

      expect(stored()).toMatchObject({ outcome: 'rolled-back', error: 'DeploymentRolledBack' });
    });
  });

  it('without the service says so', async () => {
    scene.services.services.clear();

    await expect(verify()).rejects.toMatchObject({ name: 'ResourceNotFoundError' });
  });
});

describe('parseVerificationInput', () => {
  it('names every problem at once', () => {
    expect(() => parseVerificationInput({ release: release(), execution: execution() })).toThrow(
      'Cannot read the release to verify: taskDefinitionArn is missing, expected the ARN of a task definition with its revision; deploymentId is missing, expected a CodeDeploy deployment id such as d-ABCDEF123',
    );
  });
});
