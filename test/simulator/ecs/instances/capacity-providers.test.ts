import {
  CreateServiceCommand,
  DeleteCapacityProviderCommand,
  DescribeCapacityProvidersCommand,
  DescribeServicesCommand,
  ListContainerInstancesCommand,
} from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EcsWire } from '../ecs-wire.ts';
import { autoScalingGroupArn, instanceRequests, startForInstances } from './instance-requests.ts';

let ecs: EcsWire;
beforeEach(async () => {
  ecs = await startForInstances();
});
afterEach(() => ecs.stop());

const { associate, createProvider, onEc2 } = instanceRequests(() => ecs);

describe('capacity providers', () => {
  it('fills in what was left out, and cannot go while a cluster has it', async () => {
    const { capacityProvider } = await createProvider();
    expect(capacityProvider).toMatchObject({
      name: 'web',
      status: 'ACTIVE',
      updateStatus: 'CREATE_COMPLETE',
      autoScalingGroupProvider: {
        autoScalingGroupArn,
        managedScaling: {
          status: 'ENABLED',
          targetCapacity: 100,
          minimumScalingStepSize: 1,
          maximumScalingStepSize: 10_000,
          instanceWarmupPeriod: 300,
        },
        managedTerminationProtection: 'DISABLED',
        managedDraining: 'ENABLED',
      },
    });
    await associate(['web']);
    const remove = new DeleteCapacityProviderCommand({ capacityProvider: 'web' });
    await expect(ecs.client.send(remove)).rejects.toMatchObject({
      message: 'The specified capacity provider is in use and cannot be removed.',
    });
    await associate([]);
    await ecs.client.send(remove);
    const described = await ecs.client.send(
      new DescribeCapacityProvidersCommand({ capacityProviders: ['web', 'FARGATE'] }),
    );
    expect(described.capacityProviders?.map(({ name }) => name)).toEqual(['FARGATE']);
    expect(described.failures?.map(({ reason }) => reason)).toEqual(['MISSING']);
  });

  it('adds instances for the tasks of a service', async () => {
    await createProvider();
    await associate(['web']);
    const definition = onEc2();
    await ecs.client.send(
      new CreateServiceCommand({
        cluster: 'sample',
        serviceName: 'shop',
        taskDefinition: definition,
        desiredCount: 3,
      }),
    );
    const service = ecs.fixture.model.services.get(
      ecs.fixture.model.clusters.get('sample'),
      'shop',
    );
    await ecs.fixture.model.serviceIsSteady(service);
    const { services } = await ecs.client.send(
      new DescribeServicesCommand({ cluster: 'sample', services: ['shop'] }),
    );
    const instances = await ecs.client.send(
      new ListContainerInstancesCommand({ cluster: 'sample' }),
    );
    expect(instances.containerInstanceArns).toHaveLength(2);
    expect(services?.[0]).toMatchObject({
      runningCount: 3,
      capacityProviderStrategy: [{ capacityProvider: 'web', weight: 1, base: 0 }],
    });
    expect(services?.[0]?.launchType).toBeUndefined();
    expect(services?.[0]?.platformVersion).toBeUndefined();
  });
});
