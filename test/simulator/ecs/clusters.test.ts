import {
  CreateClusterCommand,
  DeleteClusterCommand,
  DescribeClustersCommand,
  ListClustersCommand,
  PutClusterCapacityProvidersCommand,
  RunTaskCommand,
  UpdateClusterCommand,
  UpdateClusterSettingsCommand,
} from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EcsWire } from './ecs-wire.ts';

let ecs: EcsWire;
beforeEach(async () => {
  ecs = await EcsWire.start();
});
afterEach(() => ecs.stop());

describe('clusters', () => {
  it('are created with what Terraform and CDK send, and described by what is asked for', async () => {
    await ecs.client.send(
      new CreateClusterCommand({
        clusterName: 'prod',
        settings: [{ name: 'containerInsights', value: 'enhanced' }],
        configuration: { executeCommandConfiguration: { logging: 'DEFAULT' } },
        serviceConnectDefaults: { namespace: 'arn:aws:servicediscovery:x' },
        tags: [{ key: 'team', value: 'shop' }],
      }),
    );
    const plain = await ecs.client.send(new DescribeClustersCommand({ clusters: ['prod'] }));
    expect(plain.clusters?.[0]).toEqual({
      clusterArn: 'arn:aws:ecs:eu-west-1:111122223333:cluster/prod',
      clusterName: 'prod',
      status: 'ACTIVE',
      registeredContainerInstancesCount: 0,
      runningTasksCount: 0,
      pendingTasksCount: 0,
      activeServicesCount: 0,
      statistics: [],
      tags: [],
      settings: [],
      capacityProviders: [],
      defaultCapacityProviderStrategy: [],
      serviceConnectDefaults: { namespace: 'arn:aws:servicediscovery:x' },
    });
    const whole = await ecs.client.send(
      new DescribeClustersCommand({
        clusters: ['prod'],
        include: ['CONFIGURATIONS', 'SETTINGS', 'TAGS', 'STATISTICS'],
      }),
    );
    expect(whole.clusters?.[0]).toMatchObject({
      configuration: { executeCommandConfiguration: { logging: 'DEFAULT' } },
      settings: [{ name: 'containerInsights', value: 'enhanced' }],
      tags: [{ key: 'team', value: 'shop' }],
    });
    expect(whole.clusters?.[0]?.statistics).toContainEqual({
      name: 'runningFargateTasksCount',
      value: '0',
    });
  });

  it('take new settings and configurations', async () => {
    const settings = [{ name: 'containerInsights' as const, value: 'enabled' }];
    const first = await ecs.client.send(
      new UpdateClusterSettingsCommand({ cluster: 'sample', settings }),
    );
    expect(first.cluster?.settings).toEqual(settings);
    const second = await ecs.client.send(
      new UpdateClusterCommand({
        cluster: 'sample',
        configuration: { executeCommandConfiguration: { logging: 'NONE' } },
        serviceConnectDefaults: { namespace: '' },
      }),
    );
    expect(second.cluster).toMatchObject({
      settings,
      configuration: { executeCommandConfiguration: { logging: 'NONE' } },
    });
    expect(second.cluster).not.toHaveProperty('serviceConnectDefaults');
    await expect(
      ecs.client.send(
        new UpdateClusterSettingsCommand({
          cluster: 'sample',
          settings: [{ name: 'containerInsights', value: 'on' }],
        }),
      ),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  it('take capacity providers with a default strategy, numbers filled in', async () => {
    const put = (capacityProviders: string[], strategy: { capacityProvider: string }[]) =>
      ecs.client.send(
        new PutClusterCapacityProvidersCommand({
          cluster: 'sample',
          capacityProviders,
          defaultCapacityProviderStrategy: strategy,
        }),
      );
    const spot = { capacityProvider: 'FARGATE_SPOT', weight: 1 };
    const { cluster } = await put(['FARGATE', 'FARGATE_SPOT'], [spot]);
    expect(cluster?.capacityProviders).toEqual(['FARGATE', 'FARGATE_SPOT']);
    expect(cluster?.defaultCapacityProviderStrategy).toEqual([{ ...spot, base: 0 }]);
    await expect(put(['FARGATE'], [spot])).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining('not associated with the cluster'),
    });
    await expect(put(['my-asg'], [])).rejects.toMatchObject({ name: 'InvalidParameterException' });
    const image = ecs.fixture.image('v1');
    await ecs.client.send(
      new RunTaskCommand({
        cluster: 'sample',
        taskDefinition: ecs.fixture.taskDefinition({ image }),
        networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-a'] } },
      }),
    );
    await expect(put(['FARGATE'], [])).rejects.toMatchObject({
      name: 'ResourceInUseException',
      message: 'The specified capacity provider is in use and cannot be removed.',
    });
  });

  it('cannot go while tasks run, are INACTIVE for a while, and come back under their name', async () => {
    const { tasks } = await ecs.client.send(
      new RunTaskCommand({
        cluster: 'sample',
        launchType: 'FARGATE',
        taskDefinition: ecs.fixture.taskDefinition({ image: ecs.fixture.image('v1') }),
        networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-a'] } },
      }),
    );
    const remove = () => ecs.client.send(new DeleteClusterCommand({ cluster: 'sample' }));
    await expect(remove()).rejects.toMatchObject({
      name: 'ClusterContainsTasksException',
      message: 'The Cluster cannot be deleted while Tasks are active.',
    });
    const [task] = ecs.fixture.model.tasks.all();
    await task?.stop({ code: 'UserInitiated', reason: 'test' });
    await ecs.until(tasks?.[0]?.taskArn, ({ lastStatus }) => lastStatus === 'STOPPED');
    expect((await remove()).cluster?.status).toBe('INACTIVE');
    const described = await ecs.client.send(new DescribeClustersCommand({ clusters: ['sample'] }));
    expect(described.clusters?.[0]?.status).toBe('INACTIVE');
    expect((await ecs.client.send(new ListClustersCommand({}))).clusterArns).toEqual([]);
    await expect(remove()).rejects.toMatchObject({ name: 'ClusterNotFoundException' });
    const again = await ecs.client.send(new CreateClusterCommand({ clusterName: 'sample' }));
    expect(again.cluster?.status).toBe('ACTIVE');
  });
});
