import { beforeEach, describe, expect, it } from 'vitest';
import { parseAppSpec } from '../../../functions/core/app-spec/parse-app-spec.ts';
import { TransientAwsError } from '../../../functions/core/errors.ts';
import { runDeployment } from '../../../functions/run-deployment/step.ts';
import { BlueGreenScene, deploymentId } from '../../support/blue-green-scene.ts';
import { digestOf, execution, releaseRequest } from '../../support/builders/releases.ts';
import { ownDescription, trackedDeployment } from '../../support/builders/tracked-deployments.ts';
import { deploymentTarget } from '../../support/fakes/fake-deployments.ts';
import { codeDeployService } from '../../support/fakes/fake-ecs-services.ts';

let scene: BlueGreenScene;
const created = 'd-CREATED01';
const tokenKey = (id: string) => `deployments/${id}/task-token.json`;
const pushKey = `pushes/${releaseRequest().eventId}/shop.json`;

beforeEach(() => {
  scene = new BlueGreenScene();
  scene.deployments.deployments.clear();
});

const run = (changes: Parameters<typeof trackedDeployment>[0] = {}) =>
  runDeployment(
    trackedDeployment(changes),
    Object.assign(scene, { hookNamePrefix: 'CodeDeployHook_Greengate_' }),
  );

describe('runDeployment with nothing there', () => {
  it('creates the deployment under its own identity and keeps the token', async () => {
    await expect(run()).resolves.toEqual({ deploymentId: created, state: 'created' });

    const [request] = scene.deployments.created;
    expect(request).toMatchObject({
      application: 'shop',
      deploymentGroup: 'shop',
      description: ownDescription,
    });
    expect(parseAppSpec(request?.appSpec ?? '')).toMatchObject({
      taskDefinitionArn: trackedDeployment().taskDefinitionArn,
      container: { name: 'app', port: 8080 },
      hooks: { AfterAllowTestTraffic: 'CodeDeployHook_Greengate_AfterAllowTestTraffic' },
    });
    expect(scene.records.stored(tokenKey(created))).toEqual(trackedDeployment());
    expect(scene.workflow.answers).toEqual([]);
  });

  it('ignores deployments that ended before the execution began', async () => {
    scene.deployments.add({
      deploymentId: 'd-OLD000001',
      status: 'Succeeded',
      createdAtMs: Date.parse('2026-08-01T10:00:00Z'),
      description: 'greengate shop-111111111111-aa redrive 0',
    });

    await expect(run()).resolves.toMatchObject({ state: 'created' });
  });

  it('concludes at once when the deployment ended before its token was kept', async () => {
    scene.deployments.beforeGet = () => scene.deployments.change(created, { status: 'Failed' });

    await expect(run()).resolves.toEqual({ deploymentId: created, state: 'concluded' });

    expect(scene.workflow.answers).toMatchObject([
      { kind: 'failure', taskToken: 'token-1', error: 'DeploymentFailed' },
    ]);
  });

  it.each([
    ['without the service', () => scene.services.services.clear(), 'ResourceNotFoundError'],
    [
      'with a service without load balancer',
      () =>
        scene.services.services.set('prod/shop', {
          ...codeDeployService(),
          loadBalancedContainer: undefined,
        }),
      'UnsupportedError',
    ],
  ])(
    '%s fails for good, creates nothing and records the push as failed',
    async (_, spoil, name) => {
      spoil();

      await expect(run()).rejects.toMatchObject({ name });

      expect(scene.deployments.created).toEqual([]);
      expect(scene.records.stored(pushKey)).toMatchObject({ outcome: 'failed' });
    },
  );
});

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

  it.each(['InProgress', 'Succeeded'])(
    'of a redrive adopts what an earlier attempt left behind as %s',
    async (status) => {
      await run();
      scene.deployments.change(created, { status });

      await run({ execution: execution({ redriveCount: 1 }), taskToken: 'token-2' });

      expect(scene.deployments.created).toHaveLength(1);
      expect(scene.records.stored(tokenKey(created))).toMatchObject({ taskToken: 'token-2' });
      expect(scene.workflow.answers.map(({ kind }) => kind)).toEqual(
        status === 'Succeeded' ? ['success'] : [],
      );
    },
  );

  it('of a redrive waits while the stopped deployment of an earlier attempt is rolled back', async () => {
    await run();
    await scene.records.write(`deployments/${created}/stop-request.json`, {
      cause: 'execution-stopped',
      sentence: 'execution shop-222222222222-ab was stopped',
      requestedAt: '2026-09-01T10:04:00Z',
      evidence: [],
    });

    await expect(run({ execution: execution({ redriveCount: 1 }) })).rejects.toMatchObject({
      name: 'DeploymentConflictError',
      message: expect.stringContaining(`deployment ${created}`),
    });
    scene.deployments.change(created, { status: 'Stopped' });
    await expect(run({ execution: execution({ redriveCount: 1 }) })).resolves.toMatchObject({
      state: 'created',
    });
  });

  it('of a redrive deploys again when others deployed after its earlier success', async () => {
    await run();
    scene.deployments.change(created, { status: 'Succeeded' });
    const createdAtMs = Date.parse('2026-09-01T11:00:00Z');
    scene.deployments.add({ deploymentId, status: 'Succeeded', createdAtMs });

    await expect(run({ execution: execution({ redriveCount: 1 }) })).resolves.toMatchObject({
      state: 'created',
    });
  });

  it('of a redrive starts a deployment of its own', async () => {
    await run();
    scene.deployments.change(created, { status: 'Failed' });

    await expect(run({ execution: execution({ redriveCount: 1 }) })).resolves.toEqual({
      deploymentId: 'd-CREATED02',
      state: 'created',
    });
    expect(scene.deployments.created[1]?.description).toBe(
      'greengate shop-222222222222-ab redrive 1',
    );
  });
});

describe('runDeployment beside others', () => {
  it.each([
    ['a deployment made by hand', { description: 'by hand' }],
    ['a rollback', { creator: 'codeDeployRollback' }],
    ['a termination wait from long ago', { createdAtMs: Date.parse('2026-08-31T00:00:00Z') }],
    ['a deployment of another run', { description: 'greengate shop-333333333333-cd redrive 0' }],
  ])('waits while %s holds the group', async (_, foreign) => {
    scene.deployments.add({ deploymentId, ...foreign });

    await expect(run()).rejects.toMatchObject({
      name: 'DeploymentConflictError',
      retryable: true,
      message: expect.stringContaining(`deployment ${deploymentId} (creator`),
    });
    expect(scene.workflow.answers).toEqual([]);
    expect(scene.records.writes).toEqual([]);
  });

  it('waits when somebody takes the group between look and creation', async () => {
    const { describeService } = scene.services;
    scene.services.describeService = async (...names) => {
      scene.deployments.add({ deploymentId });
      return describeService.apply(scene.services, names);
    };

    await expect(run()).rejects.toMatchObject({ name: 'DeploymentConflictError' });
  });

  it('yields to a newer image, even while the group is held, and records that', async () => {
    scene.deployments.add({ deploymentId });
    scene.images.push('team/shop', 'v3', digestOf('3'), Date.parse('2026-09-01T10:01:00Z'));

    await expect(run()).rejects.toMatchObject({
      name: 'ReleaseSuperseded',
      message: expect.stringContaining('team/shop:v3'),
    });

    expect(scene.deployments.created).toEqual([]);
    expect(scene.records.stored(pushKey)).toMatchObject({
      outcome: 'superseded',
      reason: expect.stringContaining('team/shop:v3'),
    });
  });

  it('does not abandon its own deployment for a newer image', async () => {
    await run();
    scene.images.push('team/shop', 'v3', digestOf('3'), Date.parse('2026-09-01T10:01:00Z'));

    await expect(run({ taskToken: 'token-2' })).resolves.toMatchObject({ state: 'adopted' });
  });
});
