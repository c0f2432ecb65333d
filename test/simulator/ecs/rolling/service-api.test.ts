import { DeleteServiceCommand, DescribeServicesCommand } from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serverSource } from '../ecs-fixture.ts';
import { EcsWire } from '../ecs-wire.ts';
import { RollingFixture } from './rolling-fixture.ts';
import { refused, rollingRequests } from './rolling-requests.ts';

let ecs: EcsWire<RollingFixture>;
let fixture: RollingFixture;
beforeEach(async () => {
  fixture = new RollingFixture();
  ecs = await EcsWire.over(fixture);
});
afterEach(() => ecs.stop());

const { completed, create, update } = rollingRequests(() => ecs);

describe('rolling services over the API', () => {
  it('are INACTIVE once they are deleted and their tasks are gone', async () => {
    const service = await completed();
    const remove = (force: boolean) =>
      ecs.client.send(new DeleteServiceCommand({ cluster: 'sample', service: 'shop', force }));
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
    const { services } = await ecs.client.send(
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
});
