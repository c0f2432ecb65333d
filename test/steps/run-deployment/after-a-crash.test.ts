import { beforeEach, describe, expect, it } from 'vitest';
import { TransientAwsError } from '../../../functions/core/errors.ts';
import { BlueGreenScene } from '../../support/blue-green-scene.ts';
import { digestOf } from '../../support/builders/releases.ts';
import { ownDescription } from '../../support/builders/tracked-deployments.ts';
import { deploymentTarget } from '../../support/fakes/fake-deployments.ts';
import { created, pushKey, runIn, tokenKey } from './run-scene.ts';

let scene: BlueGreenScene;
beforeEach(() => {
  scene = new BlueGreenScene();
  scene.deployments.deployments.clear();
});

const run = (changes: Parameters<typeof runIn>[1] = {}) => runIn(scene, changes);

describe('runDeployment after a crash or a timeout', () => {
  it('adopts the deployment whose creation was not answered', async () => {
    scene.deployments.lostAnswer = new TransientAwsError('connection reset');
    await expect(run()).rejects.toThrow('connection reset');

    await expect(run({ taskToken: 'token-2' })).resolves.toEqual({
      deploymentId: created,
      state: 'adopted',
    });

    expect(scene.deployments.created).toHaveLength(1);
    expect(scene.records.stored(tokenKey(created))).toMatchObject({ taskToken: 'token-2' });
  });

  it('goes on without the bucket, and its timeout retry answers', async () => {
    scene.records.failure = new TransientAwsError('S3 is slow');
    await expect(run()).resolves.toEqual({ deploymentId: created, state: 'created' });
    scene.deployments.change(created, { status: 'Succeeded' });

    await expect(run({ taskToken: 'token-2' })).resolves.toEqual({
      deploymentId: created,
      state: 'concluded',
    });

    expect(scene.workflow.answers).toMatchObject([{ kind: 'success', taskToken: 'token-2' }]);
    expect(scene.log.messages('error')).toContain('task token not kept');
  });

  it('yields to a newer image although that cannot be recorded', async () => {
    scene.records.failure = new TransientAwsError('S3 is slow');
    scene.images.push('team/shop', 'v3', digestOf('3'), Date.parse('2026-09-01T10:01:00Z'));

    await expect(run()).rejects.toMatchObject({ name: 'ReleaseSuperseded' });
  });

  it('records an error that nobody foresaw, because nothing retries it', async () => {
    scene.services.describeService = () => Promise.reject(new TypeError('x is undefined'));

    await expect(run()).rejects.toThrow('x is undefined');

    expect(scene.records.stored(pushKey)).toMatchObject({
      outcome: 'failed',
      reason: 'x is undefined',
    });
  });

  it('replaces the token of the earlier try by its own', async () => {
    await run();

    await run({ taskToken: 'token-2' });

    expect(scene.deployments.created).toHaveLength(1);
    expect(scene.records.stored(tokenKey(created))).toMatchObject({ taskToken: 'token-2' });
  });

  it('answers at once for its own deployment that has ended, although the event was lost', async () => {
    await run();
    scene.deployments.change(created, { status: 'Succeeded' });

    await expect(run({ taskToken: 'token-2' })).resolves.toEqual({
      deploymentId: created,
      state: 'concluded',
    });

    expect(scene.workflow.answers).toMatchObject([{ kind: 'success', taskToken: 'token-2' }]);
  });

  it('answers the new token when the old one was answered too late, without a second notification', async () => {
    await run();
    scene.deployments.change(created, { status: 'Succeeded' });
    await run({ taskToken: 'token-2' });

    await run({ taskToken: 'token-3' });

    expect(scene.workflow.answers.map(({ taskToken }) => taskToken)).toEqual([
      'token-2',
      'token-3',
    ]);
    expect(scene.notifier.published).toHaveLength(1);
  });

  it('keeps waiting while the rollback of its own deployment runs', async () => {
    await run();
    scene.deployments.change(created, { status: 'Failed', rollbackDeploymentId: 'd-BBBBBBBB2' });
    scene.deployments.targets.set(created, deploymentTarget({ Install: 'Failed' }));
    scene.deployments.add({ deploymentId: 'd-BBBBBBBB2', creator: 'codeDeployRollback' });

    await expect(run({ taskToken: 'token-2' })).resolves.toEqual({
      deploymentId: created,
      state: 'adopted',
    });
    expect(scene.workflow.answers).toEqual([]);
  });

  it('never takes the rollback for its own deployment, although it bears the same description', async () => {
    await run();
    scene.deployments.change(created, { status: 'Failed', rollbackDeploymentId: 'd-BBBBBBBB2' });
    scene.deployments.targets.set(created, deploymentTarget({ Install: 'Failed' }));
    scene.deployments.add({
      deploymentId: 'd-BBBBBBBB2',
      status: 'Succeeded',
      creator: 'codeDeployRollback',
      description: ownDescription,
      createdAtMs: Date.parse('2026-09-01T10:20:00Z'),
    });

    await run({ taskToken: 'token-2' });

    expect(scene.workflow.answers).toMatchObject([{ kind: 'failure' }]);
  });
});
