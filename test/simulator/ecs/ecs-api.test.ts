import {
  DeregisterTaskDefinitionCommand,
  DescribeCapacityProvidersCommand,
  DescribeClustersCommand,
  DescribeContainerInstancesCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTaskSetsCommand,
  DescribeTasksCommand,
  type ECSClient,
  ListContainerInstancesCommand,
  ListServicesCommand,
  ListTagsForResourceCommand,
  ListTaskDefinitionsCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  StopTaskCommand,
  TagResourceCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EcsFixture, taskDefinitionInput } from './ecs-fixture.ts';
import { EcsWire } from './ecs-wire.ts';

let wire: EcsWire;
let fixture: EcsFixture;
let client: ECSClient;

beforeEach(async () => {
  wire = await EcsWire.start();
  ({ fixture, client } = wire);
});

afterEach(() => wire.stop());

async function runningService() {
  await fixture.listener();
  const service = fixture.service(fixture.taskDefinition({ image: fixture.image('v1') }));
  await fixture.model.serviceIsSteady(service);
  return service;
}

describe('task definitions over the API', () => {
  it('round-trip everything but tags, which stand beside the task definition', async () => {
    const input = taskDefinitionInput(
      { secrets: [{ name: 'PASSWORD', valueFrom: 'arn:aws:ssm:eu-west-1:1:parameter/p' }] },
      { tags: [{ key: 'team', value: 'shop' }], enableFaultInjection: false },
    );
    const registered = await client.send(new RegisterTaskDefinitionCommand(input));
    expect(registered.taskDefinition).toMatchObject({
      taskDefinitionArn: 'arn:aws:ecs:eu-west-1:111122223333:task-definition/shop:1',
      revision: 1,
      status: 'ACTIVE',
      compatibilities: ['EC2', 'FARGATE'],
      registeredAt: expect.any(Date),
      enableFaultInjection: false,
      containerDefinitions: [
        {
          name: 'app',
          essential: true,
          portMappings: [{ containerPort: 8080, hostPort: 8080, protocol: 'tcp' }],
          secrets: [{ name: 'PASSWORD' }],
        },
      ],
    });
    const plain = await client.send(new DescribeTaskDefinitionCommand({ taskDefinition: 'shop' }));
    expect(plain.tags).toBeUndefined();
    const withTags = await client.send(
      new DescribeTaskDefinitionCommand({ taskDefinition: 'shop:1', include: ['TAGS'] }),
    );
    expect(withTags.tags).toEqual([{ key: 'team', value: 'shop' }]);
  });

  it('are listed newest first on request, in pages, without INACTIVE ones', async () => {
    for (let count = 0; count < 4; count++) fixture.taskDefinition({});
    await client.send(new DeregisterTaskDefinitionCommand({ taskDefinition: 'shop:3' }));
    const first = await client.send(
      new ListTaskDefinitionsCommand({ familyPrefix: 'shop', sort: 'DESC', maxResults: 2 }),
    );
    const second = await client.send(
      new ListTaskDefinitionsCommand({
        familyPrefix: 'shop',
        sort: 'DESC',
        maxResults: 2,
        nextToken: first.nextToken,
      }),
    );
    const revisions = [first, second].map(({ taskDefinitionArns }) =>
      taskDefinitionArns?.map((arn) => arn.split(':').at(-1)),
    );
    expect(revisions).toEqual([['4', '2'], ['1']]);
    expect(second.nextToken).toBeUndefined();
    expect(fixture.taskDefinition({})).toMatch(/shop:5$/);
  });
});

describe('services over the API', () => {
  it('describe the service with its task sets, events and a MISSING one as failure', async () => {
    const service = await runningService();
    const { services, failures } = await client.send(
      new DescribeServicesCommand({ cluster: 'sample', services: ['shop', 'none'] }),
    );
    expect(services?.[0]).toMatchObject({
      serviceArn: 'arn:aws:ecs:eu-west-1:111122223333:service/sample/shop',
      deploymentController: { type: 'CODE_DEPLOY' },
      deployments: [],
      desiredCount: 1,
      runningCount: 1,
      taskDefinition: expect.stringMatching(/shop:1$/),
      loadBalancers: [
        { containerName: 'app', containerPort: 8080, targetGroupArn: fixture.blue.arn },
      ],
      taskSets: [
        {
          id: service.taskSets[0]?.id,
          status: 'PRIMARY',
          stabilityStatus: 'STEADY_STATE',
          scale: { value: 100, unit: 'PERCENT' },
        },
      ],
      events: [{ message: '(service shop) has reached a steady state.' }, {}, {}],
    });
    expect(failures).toEqual([
      { arn: 'arn:aws:ecs:eu-west-1:111122223333:service/sample/none', reason: 'MISSING' },
    ]);
    const sets = await client.send(
      new DescribeTaskSetsCommand({ cluster: 'sample', service: 'shop' }),
    );
    expect(sets.taskSets).toEqual(services?.[0]?.taskSets);
    const listed = await client.send(new ListServicesCommand({ cluster: 'sample' }));
    expect(listed.serviceArns).toEqual([service.arn]);
    const clusters = await client.send(new DescribeClustersCommand({ clusters: ['sample'] }));
    expect(clusters.clusters?.[0]).toMatchObject({ runningTasksCount: 1, activeServicesCount: 1 });
  });

  it('describe tasks with digest, private address and startedBy', async () => {
    const service = await runningService();
    const { taskArns } = await client.send(
      new ListTasksCommand({ cluster: 'sample', serviceName: 'shop' }),
    );
    const { tasks } = await client.send(
      new DescribeTasksCommand({ cluster: 'sample', tasks: taskArns }),
    );
    expect(tasks?.[0]).toMatchObject({
      taskArn: expect.stringMatching(/:task\/sample\/[0-9a-f]{32}$/),
      lastStatus: 'RUNNING',
      group: 'service:shop',
      startedBy: service.taskSets[0]?.id,
      startedAt: expect.any(Date),
      containers: [
        { name: 'app', imageDigest: expect.stringMatching(/^sha256:/), lastStatus: 'RUNNING' },
      ],
    });
    const details = tasks?.[0]?.attachments?.[0]?.details ?? [];
    expect(details.find(({ name }) => name === 'privateIPv4Address')?.value).toBe(
      fixture.elbv2.targetHealth(fixture.blue.arn)[0]?.targetId,
    );
  });

  it('stop a task on request, list it as STOPPED and replace it', async () => {
    const service = await runningService();
    const [task] = fixture.tasks(service);
    await client.send(new StopTaskCommand({ cluster: 'sample', task: task?.id, reason: 'drill' }));
    const stopped = await client.send(
      new ListTasksCommand({ cluster: 'sample', desiredStatus: 'STOPPED' }),
    );
    expect(stopped.taskArns).toEqual([task?.arn]);
    await fixture.until(() => service.taskSets[0]?.stabilityStatus === 'STEADY_STATE');
    const { tasks } = await client.send(
      new DescribeTasksCommand({ cluster: 'sample', tasks: [task?.arn ?? ''] }),
    );
    expect(tasks?.[0]).toMatchObject({ stopCode: 'UserInitiated', stoppedReason: 'drill' });
  });

  it('tell Availability Zone rebalancing under CODE_DEPLOY too, as a clean plan of Terraform needs', async () => {
    const { arn } = await runningService();
    const { services } = await client.send(
      new DescribeServicesCommand({ cluster: 'sample', services: [arn] }),
    );
    expect(services?.[0]?.availabilityZoneRebalancing).toBe('DISABLED');
  });

  it('tag resources', async () => {
    const { arn } = await runningService();
    await client.send(
      new TagResourceCommand({ resourceArn: arn, tags: [{ key: 'a', value: 'b' }] }),
    );
    const { tags } = await client.send(new ListTagsForResourceCommand({ resourceArn: arn }));
    expect(tags).toEqual([{ key: 'a', value: 'b' }]);
  });

  it.each([
    [
      { taskDefinition: 'shop:1' },
      'Unable to update task definition on services with a CODE_DEPLOY deployment controller. Use AWS CodeDeploy to trigger a new deployment.',
    ],
    [
      { networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-x'] } } },
      'Unable to update network parameters on services with a CODE_DEPLOY deployment controller.',
    ],
    [{ forceNewDeployment: true }, 'Cannot force a new deployment'],
    [{ enableExecuteCommand: true }, 'Unable to update execute command on services'],
    [
      { capacityProviderStrategy: [{ capacityProvider: 'FARGATE' }] },
      'When switching from launch type to capacity provider strategy on an existing service',
    ],
  ])('refuse to change what CodeDeploy owns (case %#)', async (change, message) => {
    await runningService();
    const update = new UpdateServiceCommand({ cluster: 'sample', service: 'shop', ...change });
    await expect(client.send(update)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining(message),
    });
  });

  // As Ansible's community.aws.ecs_service 5.5 scales a service under CODE_DEPLOY.
  it('take an empty task definition for none', async () => {
    await runningService();
    const { service } = await client.send(
      new UpdateServiceCommand({
        cluster: 'sample',
        service: 'shop',
        taskDefinition: '',
        desiredCount: 2,
      }),
    );
    expect(service?.desiredCount).toBe(2);
  });

  it.each([
    ['ClusterNotFoundException', () => new ListTasksCommand({ cluster: 'none' })],
    [
      'ServiceNotFoundException',
      () => new UpdateServiceCommand({ cluster: 'sample', service: 'none' }),
    ],
    ['ClientException', () => new DescribeTaskDefinitionCommand({ taskDefinition: 'none' })],
    [
      'InvalidParameterException',
      () => new DeregisterTaskDefinitionCommand({ taskDefinition: 'shop' }),
    ],
    ['InvalidParameterException', () => new StopTaskCommand({ cluster: 'sample', task: 'none' })],
    [
      'InvalidParameterException',
      () => new ListTasksCommand({ cluster: 'sample', maxResults: 101 }),
    ],
  ])('refuse with %s (case %#)', async (name, command) => {
    await expect(client.send(command() as ListTasksCommand)).rejects.toMatchObject({ name });
  });
});

describe('capacity over the API', () => {
  it('is Fargate alone: no container instances, two providers', async () => {
    const { containerInstanceArns } = await client.send(
      new ListContainerInstancesCommand({ cluster: 'sample' }),
    );
    expect(containerInstanceArns).toEqual([]);
    const described = await client.send(
      new DescribeContainerInstancesCommand({
        cluster: 'sample',
        containerInstances: ['0123456789abcdef0123456789abcdef'],
      }),
    );
    expect(described.failures).toEqual([
      {
        arn: 'arn:aws:ecs:eu-west-1:111122223333:container-instance/sample/0123456789abcdef0123456789abcdef',
        reason: 'MISSING',
      },
    ]);
    const providers = await client.send(
      new DescribeCapacityProvidersCommand({ capacityProviders: ['FARGATE_SPOT', 'mine'] }),
    );
    expect(providers.capacityProviders).toEqual([
      {
        capacityProviderArn: 'arn:aws:ecs:eu-west-1:111122223333:capacity-provider/FARGATE_SPOT',
        name: 'FARGATE_SPOT',
        status: 'ACTIVE',
        tags: [],
      },
    ]);
    expect(providers.failures).toMatchObject([{ reason: 'MISSING' }]);
  });

  it('of a cluster that is not there is ClusterNotFoundException', async () => {
    await expect(
      client.send(new ListContainerInstancesCommand({ cluster: 'none' })),
    ).rejects.toMatchObject({ name: 'ClusterNotFoundException' });
  });
});
