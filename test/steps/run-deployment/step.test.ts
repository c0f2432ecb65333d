import { beforeEach, describe, expect, it } from 'vitest';
import { parseAppSpec } from '../../../functions/core/app-spec/parse-app-spec.ts';
import { BlueGreenScene, deploymentId } from '../../support/blue-green-scene.ts';
import { digestOf } from '../../support/builders/releases.ts';
import { ownDescription, trackedDeployment } from '../../support/builders/tracked-deployments.ts';
import { codeDeployService } from '../../support/fakes/fake-ecs-services.ts';
import { created, pushKey, runIn, tokenKey } from './run-scene.ts';

let scene: BlueGreenScene;
beforeEach(() => {
  scene = new BlueGreenScene();
  scene.deployments.deployments.clear();
});

const run = (changes: Parameters<typeof runIn>[1] = {}) => runIn(scene, changes);

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
