import { beforeEach, describe, expect, it } from 'vitest';
import { PermissionDeniedError, TransientAwsError } from '../../../functions/core/errors.ts';
import { observeDeployment } from '../../../functions/observe-deployment/step.ts';
import { type BlueGreenScene, deploymentId } from '../../support/blue-green-scene.ts';
import { digestOf, execution, releaseRequest } from '../../support/builders/releases.ts';
import { ownDescription } from '../../support/builders/tracked-deployments.ts';
import { deploymentTarget } from '../../support/fakes/fake-deployments.ts';
import { observe, observedScene, pushKey, storedRecord } from './observed-scene.ts';

let scene: BlueGreenScene;

beforeEach(async () => {
  scene = await observedScene();
});

describe('observeDeployment of a success', () => {
  beforeEach(() => scene.deployments.change(deploymentId, { status: 'Succeeded' }));

  it('records, notifies and then answers the token with the release', async () => {
    await expect(observe(scene, deploymentId, 'SUCCESS')).resolves.toEqual({
      kind: 'answered',
      deploymentId,
    });

    expect(scene.workflow.answers).toEqual([
      {
        kind: 'success',
        taskToken: 'token-1',
        output: {
          outcome: 'deployed',
          reason: `Deployed: v2 (sha256:222222222222) serves production of shop, deployment ${deploymentId} succeeded`,
          service: 'shop',
          tag: 'v2',
          digest: digestOf('2'),
          deploymentId,
        },
      },
    ]);
    expect(scene.notifier.published.map(({ subject }) => subject)).toEqual([
      'Greengate: shop v2 deployed',
    ]);
    expect(scene.records.stored(pushKey)).toMatchObject({
      ...releaseRequest(),
      ...execution(),
      outcome: 'deployed',
      deploymentId,
    });
  });

  it('delivered twice neither notifies again nor answers anew', async () => {
    await observe(scene, deploymentId, 'SUCCESS');

    await expect(observe(scene, deploymentId, 'SUCCESS')).resolves.toMatchObject({
      kind: 'answered',
    });

    expect(scene.notifier.published).toHaveLength(1);
    expect(scene.workflow.answers).toHaveLength(1);
  });

  it('acts on the state, not on the word of a late event', async () => {
    await expect(observe(scene, deploymentId, 'START')).resolves.toMatchObject({
      kind: 'answered',
    });
  });

  it('answers although nothing can be published, and publishes with the next event', async () => {
    scene.notifier.failure = new PermissionDeniedError('Not permitted to call sns:Publish');
    await observe(scene);
    expect(scene.workflow.answers).toHaveLength(1);
    scene.notifier.failure = undefined;

    await observe(scene);

    expect(scene.notifier.published).toHaveLength(1);
    expect(storedRecord(scene).notifiedAt).toBe('2026-09-01T10:00:00.000Z');
  });

  it('answers although no record can be written', async () => {
    const failure = new TransientAwsError('S3 is slow');
    scene.records.write = () => Promise.reject(failure);

    await observe(scene);

    expect(scene.workflow.answers).toHaveLength(1);
    expect(scene.log.messages('error')).toContain('record not written');
  });
});

describe('observeDeployment of a failure before Install', () => {
  it('ends as DeploymentFailed at once, without looking for a rollback', async () => {
    scene.deployments.change(deploymentId, { status: 'Failed' });
    scene.deployments.targets.set(
      deploymentId,
      deploymentTarget({ BeforeInstall: 'Failed', Install: 'Skipped' }),
    );

    await observe(scene);

    expect(scene.workflow.answers).toMatchObject([{ error: 'DeploymentFailed' }]);
    expect(storedRecord(scene).reason).toMatch(
      /^Failed before anything changed, so nothing was to be rolled back: BeforeInstall failed/,
    );
    expect(scene.clock.sleeps).toEqual([]);
  });
});

describe('observeDeployment of what is none of its business', () => {
  it.each<[string, (scene: BlueGreenScene) => void, string]>([
    [
      'somebody else’s deployment',
      ({ deployments }) =>
        deployments.change(deploymentId, { status: 'Failed', description: 'by hand' }),
      'The deployment was not started by Greengate',
    ],
    ['a deployment in flight', () => undefined, 'The deployment is still in flight'],
    [
      'an unknown deployment',
      ({ deployments }) => deployments.deployments.clear(),
      `CodeDeploy knows no deployment ${deploymentId} and no original of it`,
    ],
  ])('ignores %s and logs why', async (_, arrange, reason) => {
    arrange(scene);
    const writes = scene.records.writes.length;

    await expect(observe(scene)).resolves.toEqual({ kind: 'ignored', reason });

    expect(scene.records.writes).toHaveLength(writes);
    expect(scene.log.lines.at(-1)).toMatchObject({
      message: 'state change ignored',
      fields: { reason },
    });
  });

  it('leaves a deployment whose token is not stored yet to run-deployment', async () => {
    scene.deployments.add({
      deploymentId: 'd-EARLY0001',
      status: 'Failed',
      description: ownDescription,
    });

    await expect(observe(scene, 'd-EARLY0001')).resolves.toEqual({
      kind: 'ignored',
      reason: 'No task waits for the deployment yet',
    });
  });

  it('ignores other events with the parser’s reason', async () => {
    const event = { kind: 'ignored', eventId: 'event-1', reason: 'not a state change' } as const;

    await expect(observeDeployment(event, scene)).resolves.toEqual({
      kind: 'ignored',
      reason: 'not a state change',
    });
  });
});
