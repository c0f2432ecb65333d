import {
  CreateCapacityProviderCommand,
  CreateServiceCommand,
  DeleteCapacityProviderCommand,
  DeregisterContainerInstanceCommand,
  DescribeCapacityProvidersCommand,
  DescribeContainerInstancesCommand,
  DescribeServicesCommand,
  ListContainerInstancesCommand,
  PutClusterCapacityProvidersCommand,
  RegisterContainerInstanceCommand,
  type Resource,
  RunTaskCommand,
  type RunTaskCommandInput,
  StartTaskCommand,
  StopTaskCommand,
  UpdateContainerInstancesStateCommand,
} from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EcsWire } from './ecs-wire.ts';
import { idleSource } from './rolling/rolling-fixture.ts';

let ecs: EcsWire;
beforeEach(async () => {
  ecs = await EcsWire.start({
    uncheckedTaskSettleMs: 0,
    // As the fixture's images.
    containerInstanceType: 'm7g.large',
  });
  ecs.fixture.image('v1', { source: idleSource });
});
afterEach(() => ecs.stop());

const networkConfiguration = { awsvpcConfiguration: { subnets: ['subnet-a'] } };

async function register(instanceType = 'm7g.large', availabilityZone = 'eu-west-1a') {
  const { containerInstance } = await ecs.client.send(
    new RegisterContainerInstanceCommand({
      cluster: 'sample',
      instanceIdentityDocument: JSON.stringify({ instanceType, availabilityZone }),
    }),
  );
  return containerInstance?.containerInstanceArn ?? '';
}

const onEc2 = (more: object = {}) =>
  ecs.fixture.taskDefinition(
    { portMappings: [] },
    {
      networkMode: 'bridge',
      requiresCompatibilities: ['EC2'],
      cpu: '1024',
      memory: '512',
      runtimePlatform: undefined,
      ...more,
    },
  );

const run = (more: Partial<RunTaskCommandInput>) =>
  ecs.client.send(
    new RunTaskCommand({ cluster: 'sample', taskDefinition: 'shop', launchType: 'EC2', ...more }),
  );

describe('container instances', () => {
  it('shows what an instance has and what its tasks leave', async () => {
    const arn = await register();
    onEc2();
    const { tasks } = await run({});
    const { containerInstances } = await ecs.client.send(
      new DescribeContainerInstancesCommand({ cluster: 'sample', containerInstances: [arn] }),
    );
    const numbers = (resources: Resource[] = []) =>
      resources
        .filter(({ name }) => name === 'CPU' || name === 'MEMORY')
        .map((r) => r.integerValue);
    expect(tasks?.[0]).toMatchObject({ launchType: 'EC2', containerInstanceArn: arn });
    expect(tasks?.[0]?.platformVersion).toBeUndefined();
    expect(numbers(containerInstances?.[0]?.registeredResources)).toEqual([2_048, 7_946]);
    expect(numbers(containerInstances?.[0]?.remainingResources)).toEqual([1_024, 7_434]);
    expect(containerInstances?.[0]).toMatchObject({ status: 'ACTIVE', pendingTasksCount: 1 });
  });

  it('says of each instance why it takes no further task', async () => {
    const arn = await register();
    onEc2();
    const { tasks, failures } = await run({ count: 3 });
    expect(tasks).toHaveLength(2);
    expect(failures).toEqual([{ arn, reason: 'RESOURCE:CPU' }]);
    onEc2({ cpu: '128', memory: '7000' });
    expect((await run({})).failures).toEqual([{ arn, reason: 'RESOURCE:CPU' }]);
  });

  it.each([
    [{ cpu: '128', memory: '9000' }, 'RESOURCE:MEMORY'],
    [{ runtimePlatform: { cpuArchitecture: 'X86_64' } }, 'ATTRIBUTE'],
    [
      {
        placementConstraints: [
          { type: 'memberOf', expression: 'attribute:ecs.instance-type =~ c5.*' },
        ],
      },
      'MemberOf placement constraint unsatisfied.',
    ],
  ])('refuses %o with %s', async (definition, reason) => {
    const arn = await register();
    onEc2(definition);
    expect((await run({})).failures).toEqual([{ arn, reason }]);
  });

  it('gives a host port once, and dynamic ones from the ephemeral range', async () => {
    const arn = await register('m7g.2xlarge');
    const port = (hostPort: number) =>
      ecs.fixture.taskDefinition(
        { portMappings: [{ containerPort: 8080, hostPort }] },
        { networkMode: 'bridge', requiresCompatibilities: ['EC2'], runtimePlatform: undefined },
      );
    port(8080);
    expect((await run({})).failures).toEqual([]);
    expect((await run({})).failures).toEqual([{ arn, reason: 'RESOURCE:PORTS' }]);
    port(0);
    const { tasks } = await run({ count: 2 });
    const running = await Promise.all(
      (tasks ?? []).map(({ taskArn }) =>
        ecs.until(taskArn, ({ lastStatus }) => lastStatus === 'RUNNING'),
      ),
    );
    const bound = running.map(({ containers }) => containers?.[0]?.networkBindings);
    expect(bound).toEqual([
      [{ bindIP: '0.0.0.0', containerPort: 8080, hostPort: 32_768, protocol: 'tcp' }],
      [{ bindIP: '0.0.0.0', containerPort: 8080, hostPort: 32_769, protocol: 'tcp' }],
    ]);
  });

  it('spreads, packs and keeps apart', async () => {
    const [a, b] = [
      await register('m7g.large', 'eu-west-1a'),
      await register('m7g.xlarge', 'eu-west-1b'),
    ];
    onEc2({ cpu: '256' });
    const where = async (more: Partial<RunTaskCommandInput>) =>
      (await run({ group: crypto.randomUUID(), ...more })).tasks?.map(
        ({ containerInstanceArn }) => containerInstanceArn,
      );
    const zones = [{ type: 'spread' as const, field: 'attribute:ecs.availability-zone' }];
    expect((await where({ count: 2, placementStrategy: zones }))?.sort()).toEqual([a, b].sort());
    expect(
      await where({ count: 3, placementStrategy: [{ type: 'binpack', field: 'memory' }] }),
    ).toEqual([a, a, a]);
    const group = 'apart';
    const distinct = [{ type: 'distinctInstance' as const }];
    const { tasks, failures } = await run({ count: 3, group, placementConstraints: distinct });
    expect(tasks).toHaveLength(2);
    expect(failures?.map(({ reason }) => reason)).toEqual([
      'DistinctInstance placement constraint unsatisfied.',
      'DistinctInstance placement constraint unsatisfied.',
    ]);
  });

  it('refuses expressions that are more than attributes by name', async () => {
    await register();
    onEc2();
    const expression = 'task:group == web';
    await expect(
      run({ placementConstraints: [{ type: 'memberOf', expression }] }),
    ).rejects.toMatchObject({
      message: 'Not simulated: placement expression "task:group == web" (only attributes)',
    });
  });

  it('starts tasks on named instances', async () => {
    const arn = await register();
    onEc2();
    const { tasks, failures } = await ecs.client.send(
      new StartTaskCommand({
        cluster: 'sample',
        taskDefinition: 'shop',
        containerInstances: [arn, '0'.repeat(32)],
      }),
    );
    expect(tasks?.map(({ containerInstanceArn }) => containerInstanceArn)).toEqual([arn]);
    expect(failures).toEqual([
      { arn: expect.stringMatching(/container-instance\/sample\/0{32}$/), reason: 'MISSING' },
    ]);
  });

  it('drains and deregisters', async () => {
    const arn = await register();
    onEc2();
    const { tasks } = await run({});
    const gone = new DeregisterContainerInstanceCommand({
      cluster: 'sample',
      containerInstance: arn,
    });
    await expect(ecs.client.send(gone)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'Found running tasks on the instance.',
    });
    await ecs.client.send(
      new UpdateContainerInstancesStateCommand({
        cluster: 'sample',
        containerInstances: [arn],
        status: 'DRAINING',
      }),
    );
    const list = (more: object) =>
      ecs.client.send(new ListContainerInstancesCommand({ cluster: 'sample', ...more }));
    expect((await list({ status: 'DRAINING' })).containerInstanceArns).toEqual([arn]);
    expect((await list({ status: 'ACTIVE' })).containerInstanceArns).toEqual([]);
    await expect(run({})).rejects.toMatchObject({
      message: 'No Container Instances were found in your cluster.',
    });
    const [task] = tasks ?? [];
    await ecs.client.send(new StopTaskCommand({ cluster: 'sample', task: task?.taskArn }));
    await ecs.until(task?.taskArn, ({ lastStatus }) => lastStatus === 'STOPPED');
    const { containerInstance } = await ecs.client.send(gone);
    expect(containerInstance?.status).toBe('INACTIVE');
    expect((await list({})).containerInstanceArns).toEqual([]);
  });
});

describe('capacity providers', () => {
  const arn =
    'arn:aws:autoscaling:eu-west-1:111122223333:autoScalingGroup:a1b2:autoScalingGroupName/web';
  const create = (status: 'ENABLED' | 'DISABLED') =>
    ecs.client.send(
      new CreateCapacityProviderCommand({
        name: 'web',
        autoScalingGroupProvider: { autoScalingGroupArn: arn, managedScaling: { status } },
      }),
    );
  const associate = (capacityProviders: string[]) =>
    ecs.client.send(
      new PutClusterCapacityProvidersCommand({
        cluster: 'sample',
        capacityProviders,
        defaultCapacityProviderStrategy: capacityProviders.map((capacityProvider) => ({
          capacityProvider,
          weight: 1,
        })),
      }),
    );

  it('fills in what was left out, and cannot go while a cluster has it', async () => {
    const { capacityProvider } = await create('ENABLED');
    expect(capacityProvider).toMatchObject({
      name: 'web',
      status: 'ACTIVE',
      updateStatus: 'CREATE_COMPLETE',
      autoScalingGroupProvider: {
        autoScalingGroupArn: arn,
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
    await create('ENABLED');
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

describe('services on instances', () => {
  it('wait for capacity and say why', async () => {
    const { fixture } = ecs;
    const service = fixture.model.createService(
      {
        cluster: 'sample',
        serviceName: 'shop',
        taskDefinition: onEc2(),
        desiredCount: 1,
        launchType: 'EC2',
      },
      'user',
    );
    await fixture.world.clock.sleep(10_000);
    expect(service.events.at(0)?.message).toBe(
      '(service shop) was unable to place a task because no container instance met all of its requirements. Reason: No Container Instances were found in your cluster. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.',
    );
    expect(fixture.events.at(-1)?.detail).toMatchObject({
      eventName: 'SERVICE_TASK_PLACEMENT_FAILURE',
      reason: 'No Container Instances were found in your cluster.',
    });
    await register();
    await fixture.model.serviceIsSteady(service);
    expect(fixture.tasks(service).map(({ lastStatus }) => lastStatus)).toEqual(['RUNNING']);
  });

  it('make room for their new tasks where the minimum allows', async () => {
    const { fixture } = ecs;
    await register();
    const definition = onEc2();
    const service = fixture.model.createService(
      {
        cluster: 'sample',
        serviceName: 'shop',
        taskDefinition: definition,
        desiredCount: 2,
        launchType: 'EC2',
        deploymentConfiguration: { minimumHealthyPercent: 50, maximumPercent: 200 },
      },
      'user',
    );
    await fixture.model.serviceIsSteady(service);
    const next = onEc2({ cpu: '1000' });
    fixture.model.updateService({ cluster: 'sample', service: 'shop', taskDefinition: next });
    await fixture.model.serviceIsSteady(service);
    const running = fixture.tasks(service).filter(({ isRunning }) => isRunning);
    expect(running.map(({ launch }) => launch.taskDefinition.arn)).toEqual([next, next]);
    expect(service.events.map(({ message }) => message).join('\n')).toContain(
      'has insufficient CPU units available.',
    );
  });

  it('are carried through a blue/green deployment by CodeDeploy', async () => {
    const { fixture } = ecs;
    await fixture.listener();
    const arn =
      'arn:aws:autoscaling:eu-west-1:111122223333:autoScalingGroup:a1b2:autoScalingGroupName/web';
    await ecs.client.send(
      new CreateCapacityProviderCommand({
        name: 'web',
        autoScalingGroupProvider: {
          autoScalingGroupArn: arn,
          managedScaling: { status: 'ENABLED' },
        },
      }),
    );
    await ecs.client.send(
      new PutClusterCapacityProvidersCommand({
        cluster: 'sample',
        capacityProviders: ['web'],
        defaultCapacityProviderStrategy: [],
      }),
    );
    const image = fixture.image('server');
    const definition = fixture.taskDefinition(
      { image },
      { requiresCompatibilities: ['EC2'], runtimePlatform: undefined },
    );
    const service = fixture.model.createService(
      {
        cluster: 'sample',
        serviceName: 'shop',
        taskDefinition: definition,
        desiredCount: 1,
        capacityProviderStrategy: [{ capacityProvider: 'web', weight: 1 }],
        deploymentController: { type: 'CODE_DEPLOY' },
        loadBalancers: [
          { targetGroupArn: fixture.blue.arn, containerName: 'app', containerPort: 8080 },
        ],
        networkConfiguration,
      },
      'user',
    );
    await fixture.model.serviceIsSteady(service);
    const replacement = fixture.replacement(definition);
    await fixture.until(() => fixture.view(replacement.id)?.stabilityStatus === 'STEADY_STATE');
    const { services } = await ecs.client.send(
      new DescribeServicesCommand({ cluster: 'sample', services: ['shop'] }),
    );
    expect(
      services?.[0]?.taskSets?.map(({ capacityProviderStrategy }) => capacityProviderStrategy),
    ).toEqual([
      [{ capacityProvider: 'web', weight: 1, base: 0 }],
      [{ capacityProvider: 'web', weight: 1, base: 0 }],
    ]);
    expect(fixture.tasks(service).map(({ launch }) => launch.launchType)).toEqual(['EC2', 'EC2']);
  });
});
