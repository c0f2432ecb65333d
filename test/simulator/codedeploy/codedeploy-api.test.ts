import {
  BatchGetDeploymentsCommand,
  BatchGetDeploymentTargetsCommand,
  type CodeDeployClient,
  CreateDeploymentCommand,
  CreateDeploymentConfigCommand,
  DeploymentLimitExceededException,
  DeploymentNotStartedException,
  GetApplicationRevisionCommand,
  GetDeploymentCommand,
  GetDeploymentConfigCommand,
  GetDeploymentGroupCommand,
  GetDeploymentTargetCommand,
  InvalidRevisionException,
  LifecycleEventAlreadyCompletedException,
  ListApplicationsCommand,
  ListDeploymentConfigsCommand,
  ListDeploymentGroupsCommand,
  ListDeploymentsCommand,
  ListDeploymentTargetsCommand,
  PutLifecycleEventHookExecutionStatusCommand,
} from '@aws-sdk/client-codedeploy';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256Of } from '../../../simulator/codedeploy/app-spec.ts';
import { appSpec, type DeploymentFixture, everyHook } from './deployment-fixture.ts';
import { type ServedDeployments, serveDeployments } from './served-deployments.ts';

let deploy: DeploymentFixture;
let client: CodeDeployClient;
let served: ServedDeployments;
beforeEach(async () => {
  served = await serveDeployments();
  ({ deploy, client } = served);
});
afterEach(() => served.stop());

const group = { applicationName: 'shop', deploymentGroupName: 'shop' };
const create = (content = everyHook, description?: string) =>
  client.send(
    new CreateDeploymentCommand({
      ...group,
      description,
      revision: {
        revisionType: 'AppSpecContent',
        appSpecContent: { content, sha256: sha256Of(content) },
      },
    }),
  );

/** Keeps virtual time from moving while the client talks. */
const holding = async <T>(work: () => Promise<T>): Promise<T> =>
  deploy.world.clock.during('the client', work);

describe('the SDK', () => {
  it('sees a deployment from Created to Succeeded', async () => {
    const deploymentId = await holding(async () => {
      const { deploymentId: id = '' } = await create(everyHook, 'release v2');
      expect(id).toMatch(/^d-[A-Z0-9]{9}$/);
      const { deploymentInfo } = await client.send(new GetDeploymentCommand({ deploymentId: id }));
      expect(deploymentInfo).toMatchObject({
        ...group,
        deploymentId: id,
        status: 'Created',
        creator: 'user',
        computePlatform: 'ECS',
        description: 'release v2',
        deploymentConfigName: 'CodeDeployDefault.ECSAllAtOnce',
        createTime: expect.any(Date),
        rollbackInfo: {},
      });
      expect(deploymentInfo).not.toHaveProperty('deploymentOverview');
      expect(deploymentInfo?.revision?.appSpecContent?.content ?? null).toBeNull();
      expect(deploymentInfo?.revision?.appSpecContent?.sha256).toBe(sha256Of(everyHook));
      await expect(
        client.send(new ListDeploymentTargetsCommand({ deploymentId: id })),
      ).rejects.toBeInstanceOf(DeploymentNotStartedException);
      await expect(create()).rejects.toBeInstanceOf(DeploymentLimitExceededException);
      return id;
    });
    await deploy.reached(deploymentId, 'Succeeded');

    const { targetIds } = await client.send(new ListDeploymentTargetsCommand({ deploymentId }));
    expect(targetIds).toEqual(['main:shop']);
    const { deploymentTarget } = await client.send(
      new GetDeploymentTargetCommand({ deploymentId, targetId: 'main:shop' }),
    );
    expect(deploymentTarget).toMatchObject({
      deploymentTargetType: 'ECSTarget',
      ecsTarget: {
        deploymentId,
        targetId: 'main:shop',
        status: 'Succeeded',
        lastUpdatedAt: expect.any(Date),
        taskSetsInfo: [
          {
            identifer: 'ecs-svc/1',
            taskSetLabel: 'Blue',
            trafficWeight: 0,
            targetGroup: { name: 'blue' },
          },
          {
            identifer: 'ecs-svc/2',
            taskSetLabel: 'Green',
            status: 'PRIMARY',
            trafficWeight: 100,
            runningCount: 2,
            targetGroup: { name: 'green' },
          },
        ],
      },
    });
    expect(deploymentTarget?.ecsTarget?.lifecycleEvents).toHaveLength(8);
    expect(deploymentTarget?.ecsTarget?.lifecycleEvents?.[0]).toEqual({
      lifecycleEventName: 'BeforeInstall',
      status: 'Succeeded',
      startTime: expect.any(Date),
      endTime: expect.any(Date),
      diagnostics: { errorCode: 'Success', scriptName: '', message: '', logTail: '' },
    });
    const batch = await client.send(
      new BatchGetDeploymentTargetsCommand({ deploymentId, targetIds: ['main:shop'] }),
    );
    expect(batch.deploymentTargets).toEqual([deploymentTarget]);
    const tooMany = Array.from({ length: 26 }, () => 'main:shop');
    await expect(
      client.send(new BatchGetDeploymentTargetsCommand({ deploymentId, targetIds: tooMany })),
    ).rejects.toMatchObject({ name: 'DeploymentTargetListSizeExceededException' });
    const revision = await client.send(
      new GetApplicationRevisionCommand({
        applicationName: 'shop',
        revision: {
          revisionType: 'AppSpecContent',
          appSpecContent: { sha256: sha256Of(everyHook) },
        },
      }),
    );
    expect(revision.revision?.appSpecContent?.content).toBe(everyHook);
    expect(revision.revisionInfo?.deploymentGroups).toEqual(['shop']);
  });

  it('lists deployments newest first, by status and by time', async () => {
    const { deploymentId: first = '' } = await create(appSpec());
    await deploy.reached(first, 'Succeeded');
    const between = new Date(deploy.world.clock.now());
    const { deploymentId: second = '' } = await create(appSpec([], 3));
    await deploy.reached(second, 'Succeeded');
    const list = async (filter: object) =>
      (await client.send(new ListDeploymentsCommand({ ...group, ...filter }))).deployments;
    expect(await list({})).toEqual([second, first]);
    expect(await list({ includeOnlyStatuses: ['Created', 'InProgress', 'Ready'] })).toEqual([]);
    expect(await list({ createTimeRange: { start: between } })).toEqual([second]);
    expect(await list({ createTimeRange: { end: between } })).toEqual([first]);
    const { deploymentsInfo } = await client.send(
      new BatchGetDeploymentsCommand({ deploymentIds: [first, second] }),
    );
    expect(deploymentsInfo?.map((info) => info.deploymentId)).toEqual([first, second]);
    expect(deploymentsInfo?.[1]?.previousRevision?.appSpecContent?.sha256).toBe(
      sha256Of(appSpec()),
    );
    const { deploymentGroupInfo } = await client.send(new GetDeploymentGroupCommand(group));
    expect(deploymentGroupInfo).toMatchObject({
      lastSuccessfulDeployment: { deploymentId: second, status: 'Succeeded' },
      ecsServices: [{ clusterName: 'main', serviceName: 'shop' }],
      targetRevision: { appSpecContent: { sha256: sha256Of(appSpec([], 3)) } },
      loadBalancerInfo: {
        targetGroupPairInfoList: [
          {
            targetGroups: [{ name: 'blue' }, { name: 'green' }],
            prodTrafficRoute: { listenerArns: ['arn:listener/production'] },
            testTrafficRoute: { listenerArns: ['arn:listener/test'] },
          },
        ],
      },
    });
  });

  it('reports a hook once, with Succeeded or Failed only', async () => {
    deploy.onHook = () => {};
    const { deploymentId = '' } = await create();
    await deploy.started('BeforeInstall');
    await holding(async () => {
      const [{ executionId = '' } = {}] = deploy.hookCalls;
      expect(JSON.parse(Buffer.from(executionId, 'base64').toString())).toHaveProperty(
        'encryptedData',
      );
      const report = (fields: object) =>
        client.send(
          new PutLifecycleEventHookExecutionStatusCommand({
            deploymentId,
            lifecycleEventHookExecutionId: executionId,
            status: 'Succeeded',
            ...fields,
          }),
        );
      for (const [fields, name] of [
        [{ status: 'Skipped' }, 'InvalidLifecycleEventHookExecutionStatusException'],
        [{ lifecycleEventHookExecutionId: 'x' }, 'InvalidLifecycleEventHookExecutionIdException'],
        [{ deploymentId: 'd-000000000' }, 'DeploymentDoesNotExistException'],
        [{ deploymentId: 'nonsense' }, 'InvalidDeploymentIdException'],
        [{ deploymentId: undefined }, 'DeploymentIdRequiredException'],
      ] as const) {
        await expect(report(fields)).rejects.toMatchObject({ name });
      }
      expect((await report({})).lifecycleEventHookExecutionId).toBe(executionId);
      await expect(report({ status: 'Failed' })).rejects.toBeInstanceOf(
        LifecycleEventAlreadyCompletedException,
      );
    });
  });

  it('lists applications, groups and configurations', async () => {
    expect((await client.send(new ListApplicationsCommand({}))).applications).toEqual(['shop']);
    expect(
      (await client.send(new ListDeploymentGroupsCommand({ applicationName: 'shop' })))
        .deploymentGroups,
    ).toEqual(['shop']);
    await client.send(
      new CreateDeploymentConfigCommand({
        deploymentConfigName: 'careful',
        computePlatform: 'ECS',
        trafficRoutingConfig: {
          type: 'TimeBasedCanary',
          timeBasedCanary: { canaryPercentage: 5, canaryInterval: 30 },
        },
      }),
    );
    const { deploymentConfigsList } = await client.send(new ListDeploymentConfigsCommand({}));
    expect(deploymentConfigsList).toHaveLength(6);
    const { deploymentConfigInfo } = await client.send(
      new GetDeploymentConfigCommand({ deploymentConfigName: 'careful' }),
    );
    expect(deploymentConfigInfo).toMatchObject({
      computePlatform: 'ECS',
      trafficRoutingConfig: { timeBasedCanary: { canaryPercentage: 5, canaryInterval: 30 } },
    });
  });

  it('gets a typed error for a hash that does not fit', async () => {
    const command = new CreateDeploymentCommand({
      ...group,
      revision: {
        revisionType: 'AppSpecContent',
        appSpecContent: { content: everyHook, sha256: '0'.repeat(64) },
      },
    });
    await expect(client.send(command)).rejects.toBeInstanceOf(InvalidRevisionException);
  });
});
