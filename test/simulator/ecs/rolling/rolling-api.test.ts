import http from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  CreateServiceCommand,
  type CreateServiceCommandInput,
  DeleteServiceCommand,
  DescribeServiceDeploymentsCommand,
  DescribeServiceRevisionsCommand,
  DescribeServicesCommand,
  ECSClient,
  ListServiceDeploymentsCommand,
  ListServicesByNamespaceCommand,
  StopServiceDeploymentCommand,
  UpdateServiceCommand,
  type UpdateServiceCommandInput,
} from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ecsWire } from '../../../../simulator/ecs/wire.ts';
import { createWireHandler } from '../../../../simulator/wire/wire-handler.ts';
import { serverSource } from '../ecs-fixture.ts';
import { crashSource, RollingFixture } from './rolling-fixture.ts';

let fixture: RollingFixture;
let server: http.Server;
let client: ECSClient;

beforeEach(async () => {
  fixture = new RollingFixture();
  const handler = createWireHandler(fixture.world, [ecsWire(fixture.model, fixture.world)]);
  server = http.createServer((request, response) => void handler(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  client = new ECSClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
});

afterEach(async () => {
  client.destroy();
  server.closeAllConnections();
  server.close();
  await fixture.stop();
});

const networkConfiguration = { awsvpcConfiguration: { subnets: ['subnet-a'] } };

const create = (more: Partial<CreateServiceCommandInput> = {}) =>
  client.send(
    new CreateServiceCommand({
      cluster: 'sample',
      serviceName: 'shop',
      taskDefinition: fixture.version('v1'),
      launchType: 'FARGATE',
      desiredCount: 1,
      networkConfiguration,
      ...more,
    }),
  );

const update = (more: Partial<UpdateServiceCommandInput>) =>
  client.send(new UpdateServiceCommand({ cluster: 'sample', service: 'shop', ...more }));

const refused = (name: string, message: string) => ({
  name,
  message: expect.stringContaining(message),
});

async function completed(more: Partial<CreateServiceCommandInput> = {}) {
  await create(more);
  const [service] = fixture.model.services.all();
  if (!service) throw new Error('No service was created');
  await fixture.reached(service, 'COMPLETED');
  return service;
}

const listed = async () =>
  (
    await client.send(new ListServiceDeploymentsCommand({ cluster: 'sample', service: 'shop' }))
  ).serviceDeployments?.map(({ status }) => status);

describe('service deployments over the API', () => {
  it('tell the story of a rollout with its revisions and digests', async () => {
    const { service: created } = await create();
    expect(created?.currentServiceDeployment).toMatch(
      /^arn:aws:ecs:eu-west-1:111122223333:service-deployment\/sample\/shop\/[\w-]{21}$/,
    );
    const arn = created?.currentServiceDeployment ?? '';
    expect(await listed()).toEqual(['PENDING']);
    const [service] = fixture.model.services.all();
    if (!service) throw new Error('No service was created');
    await fixture.reached(service, 'COMPLETED');
    const { serviceDeployments, failures } = await client.send(
      new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [arn, `${arn}x`] }),
    );
    const revisionArn = serviceDeployments?.[0]?.targetServiceRevision?.arn ?? '';
    expect(serviceDeployments).toEqual([
      {
        serviceDeploymentArn: arn,
        serviceArn: service.arn,
        clusterArn: service.cluster.arn,
        createdAt: expect.any(Date),
        startedAt: expect.any(Date),
        finishedAt: expect.any(Date),
        updatedAt: expect.any(Date),
        sourceServiceRevisions: [],
        targetServiceRevision: {
          arn: expect.stringMatching(/:service-revision\/sample\/shop\/\d{19}$/),
          requestedTaskCount: 1,
          runningTaskCount: 1,
          pendingTaskCount: 0,
        },
        status: 'SUCCESSFUL',
        deploymentConfiguration: service.settings.deploymentConfiguration,
        deploymentCircuitBreaker: { status: 'DISABLED' },
        alarms: { status: 'DISABLED' },
      },
    ]);
    expect(failures).toEqual([{ arn: `${arn}x`, reason: 'MISSING' }]);
    const { serviceRevisions } = await client.send(
      new DescribeServiceRevisionsCommand({ serviceRevisionArns: [revisionArn] }),
    );
    expect(serviceRevisions).toMatchObject([
      {
        serviceRevisionArn: revisionArn,
        launchType: 'FARGATE',
        platformVersion: '1.4.0',
        platformFamily: 'Linux',
        networkConfiguration,
        containerImages: [
          {
            containerName: 'app',
            image: expect.stringMatching(/team\/shop:v1$/),
            imageDigest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
          },
        ],
        guardDutyEnabled: false,
      },
    ]);
  });

  it('are stopped by a rollback, which itself goes on when it is stopped again', async () => {
    const service = await completed();
    const good = fixture.primary(service).revision;
    await update({ taskDefinition: fixture.version('v2', crashSource) });
    const { serviceDeployment } = fixture.primary(service);
    const stop = () =>
      client.send(
        new StopServiceDeploymentCommand({ serviceDeploymentArn: serviceDeployment.arn }),
      );
    expect(await stop()).toMatchObject({ serviceDeploymentArn: serviceDeployment.arn });
    expect(await listed()).toEqual(['ROLLBACK_REQUESTED', 'SUCCESSFUL']);
    await stop();
    await fixture.reached(service, 'COMPLETED');
    expect(await listed()).toEqual(['ROLLBACK_SUCCESSFUL', 'SUCCESSFUL']);
    expect(fixture.primary(service).revision).toBe(good);
    await expect(stop()).rejects.toMatchObject(
      refused('ConflictException', 'cannot be stopped because it is ROLLBACK_SUCCESSFUL'),
    );
  });

  it('cannot be rolled back to nothing, aborted, or stopped when unknown', async () => {
    const { service } = await create();
    const serviceDeploymentArn = service?.currentServiceDeployment;
    const stop = (more: object) =>
      client.send(new StopServiceDeploymentCommand({ serviceDeploymentArn, ...more }));
    await expect(stop({})).rejects.toMatchObject(
      refused('ConflictException', 'no earlier one completed'),
    );
    await expect(stop({ stopType: 'ABORT' })).rejects.toMatchObject(
      refused('UnsupportedFeatureException', 'stopType ABORT'),
    );
    await expect(stop({ serviceDeploymentArn: `${serviceDeploymentArn}x` })).rejects.toMatchObject(
      refused('ServiceDeploymentNotFoundException', 'not found'),
    );
  });

  it('are listed by status, time and page', async () => {
    const service = await completed();
    await update({ forceNewDeployment: true });
    const list = (more: object) =>
      client.send(
        new ListServiceDeploymentsCommand({ cluster: 'sample', service: service.name, ...more }),
      );
    expect((await list({ status: ['SUCCESSFUL'] })).serviceDeployments).toHaveLength(1);
    const now = new Date(fixture.world.clock.now() + 60_000);
    expect((await list({ createdAt: { after: now } })).serviceDeployments).toEqual([]);
    const first = await list({ maxResults: 1 });
    const second = await list({ maxResults: 1, nextToken: first.nextToken });
    expect([first, second].map((page) => page.serviceDeployments?.[0]?.status)).toEqual([
      'PENDING',
      'SUCCESSFUL',
    ]);
    expect(second.nextToken).toBeUndefined();
  });
});

describe('rolling services over the API', () => {
  it('are INACTIVE once they are deleted and their tasks are gone', async () => {
    const service = await completed();
    const remove = (force: boolean) =>
      client.send(new DeleteServiceCommand({ cluster: 'sample', service: 'shop', force }));
    await expect(remove(false)).rejects.toMatchObject(
      refused(
        'InvalidParameterException',
        'The service cannot be stopped while it is scaled above 0.',
      ),
    );
    const { service: draining } = await remove(true);
    expect(draining).toMatchObject({ status: 'DRAINING', desiredCount: 0 });
    await expect(create()).rejects.toMatchObject(
      refused('InvalidParameterException', 'Unable to Start a service that is still Draining.'),
    );
    await fixture.untilRolling(service, () => service.status === 'INACTIVE');
    const { services } = await client.send(
      new DescribeServicesCommand({ cluster: 'sample', services: ['shop'] }),
    );
    expect(services).toMatchObject([
      { status: 'INACTIVE', runningCount: 0, deployments: [], taskDefinition: expect.any(String) },
    ]);
    await expect(update({ desiredCount: 1 })).rejects.toMatchObject({
      name: 'ServiceNotActiveException',
    });
    await expect(remove(true)).rejects.toMatchObject(
      refused('ServiceNotFoundException', 'Service not found.'),
    );
    expect(service.status).toBe('INACTIVE');
    expect((await create()).service?.status).toBe('ACTIVE');
  });

  it('need a target group that a listener or rule forwards to', async () => {
    fixture.balancesAnyGroup = false;
    const balanced = () =>
      create({
        taskDefinition: fixture.version('web', serverSource),
        loadBalancers: [
          { targetGroupArn: fixture.blue.arn, containerName: 'app', containerPort: 8080 },
        ],
      });
    await expect(balanced()).rejects.toMatchObject(
      refused(
        'InvalidParameterException',
        `The target group with targetGroupArn ${fixture.blue.arn} does not have an associated load balancer.`,
      ),
    );
    await fixture.listener();
    expect((await balanced()).service?.status).toBe('ACTIVE');
  });

  it('have five deployments at most', async () => {
    await create({ deploymentConfiguration: { maximumPercent: 1_000 } });
    const service = fixture.model.services.get(fixture.model.clusters.get('sample'), 'shop');
    for (let number = 1; number <= 5; number++) {
      const { tasks } = fixture.primary(service);
      await fixture.untilRolling(service, () => [...tasks].some(({ isRunning }) => isRunning));
      // A protected task keeps its deployment.
      for (const task of tasks) task.protect(fixture.world.clock.now() + 48 * 3_600_000);
      if (number < 5) await update({ forceNewDeployment: true });
    }
    await expect(update({ forceNewDeployment: true })).rejects.toMatchObject(
      refused(
        'InvalidParameterException',
        '5 active deployments exist, unable to create new deployment.',
      ),
    );
  });

  it('are created once for one client token', async () => {
    const { service } = await create({ clientToken: 'once' });
    expect((await create({ clientToken: 'once' })).service?.createdAt).toEqual(service?.createdAt);
    await expect(create({ clientToken: 'twice' })).rejects.toMatchObject(
      refused('InvalidParameterException', 'Creation of service was not idempotent.'),
    );
  });

  it.each<[string, Partial<CreateServiceCommandInput>, string, string]>([
    [
      'a launch type and a strategy',
      { capacityProviderStrategy: [{ capacityProvider: 'FARGATE', weight: 1 }] },
      'InvalidParameterException',
      'Specifying both a launch type and capacity provider strategy is not supported.',
    ],
    [
      'DAEMON scheduling on instances',
      { schedulingStrategy: 'DAEMON', launchType: 'EC2' },
      'UnsupportedFeatureException',
      'Not simulated: scheduling strategy DAEMON (only REPLICA)',
    ],
    [
      'a strategy of strangers',
      {
        launchType: undefined,
        capacityProviderStrategy: [{ capacityProvider: 'FARGATE', weight: 1 }],
      },
      'InvalidParameterException',
      'not associated with the cluster',
    ],
    [
      'bounds that block every deployment',
      { deploymentConfiguration: { maximumPercent: 100 } },
      'InvalidParameterException',
      'Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.',
    ],
    [
      'native blue/green',
      { deploymentConfiguration: { strategy: 'BLUE_GREEN' } },
      'UnsupportedFeatureException',
      'deployment strategy BLUE_GREEN',
    ],
    [
      'Availability Zone rebalancing',
      { availabilityZoneRebalancing: 'ENABLED' },
      'UnsupportedFeatureException',
      'availabilityZoneRebalancing',
    ],
    [
      'placement strategies',
      { placementStrategy: [{ type: 'spread', field: 'host' }] },
      'InvalidParameterException',
      'Placement strategies are not supported with FARGATE launch type.',
    ],
    [
      'DAEMON scheduling',
      { schedulingStrategy: 'DAEMON' },
      'InvalidParameterException',
      'DAEMON scheduling strategy',
    ],
    [
      'Service Connect',
      { serviceConnectConfiguration: { enabled: true } },
      'UnsupportedFeatureException',
      'serviceConnectConfiguration',
    ],
  ])('are refused with %s', async (_name, more, name, message) => {
    await expect(create(more)).rejects.toMatchObject(refused(name, message));
    expect(fixture.model.services.all()).toEqual([]);
  });

  it('change their capacity only with force', async () => {
    const cluster = fixture.model.clusters.get('sample');
    cluster.capacityProviders = ['FARGATE', 'FARGATE_SPOT'];
    const service = await completed();
    const capacityProviderStrategy = [{ capacityProvider: 'FARGATE_SPOT', weight: 1, base: 0 }];
    await expect(update({ capacityProviderStrategy })).rejects.toMatchObject(
      refused('InvalidParameterException', 'you must force a new deployment'),
    );
    const { service: updated } = await update({
      capacityProviderStrategy,
      forceNewDeployment: true,
    });
    expect(updated).toMatchObject({ capacityProviderStrategy });
    expect(updated).not.toHaveProperty('launchType');
    await fixture.reached(service, 'COMPLETED');
    expect([...fixture.primary(service).tasks][0]?.launch.capacityProviderName).toBe(
      'FARGATE_SPOT',
    );
  });

  it('do not move to another controller', async () => {
    await completed();
    await expect(update({ deploymentController: { type: 'CODE_DEPLOY' } })).rejects.toMatchObject(
      refused('UnsupportedFeatureException', 'migration to the CODE_DEPLOY deployment controller'),
    );
  });

  it('are not listed by namespace', async () => {
    await expect(
      client.send(new ListServicesByNamespaceCommand({ namespace: 'shop' })),
    ).rejects.toMatchObject({ message: expect.stringContaining('ListServicesByNamespace') });
  });
});
