import {
  GetTaskProtectionCommand,
  ListTasksCommand,
  RunTaskCommand,
  type RunTaskCommandInput,
  StartTaskCommand,
  StopTaskCommand,
  UpdateTaskProtectionCommand,
} from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EcsWire } from './ecs-wire.ts';

let ecs: EcsWire;
let taskDefinition: string;
beforeEach(async () => {
  ecs = await EcsWire.start();
  taskDefinition = ecs.fixture.taskDefinition({ image: ecs.fixture.image('v1') });
});
afterEach(() => ecs.stop());

const networkConfiguration = { awsvpcConfiguration: { subnets: ['subnet-a'] } };
const run = (more: Partial<RunTaskCommandInput> = {}) =>
  ecs.client.send(
    new RunTaskCommand({
      cluster: 'sample',
      taskDefinition,
      launchType: 'FARGATE',
      networkConfiguration,
      ...more,
    }),
  );

describe('RunTask', () => {
  it('runs a task that belongs to no service, through every status', async () => {
    const { tasks, failures } = await run({
      startedBy: 'nightly',
      tags: [{ key: 'team', value: 'shop' }],
      enableECSManagedTags: true,
    });
    const [started] = tasks ?? [];
    expect(failures).toEqual([]);
    expect(started).toMatchObject({
      lastStatus: 'PROVISIONING',
      desiredStatus: 'RUNNING',
      group: 'family:shop',
      startedBy: 'nightly',
      launchType: 'FARGATE',
      version: 1,
      tags: [
        { key: 'team', value: 'shop' },
        { key: 'aws:ecs:clusterName', value: 'sample' },
      ],
      overrides: { containerOverrides: [{ name: 'app' }], inferenceAcceleratorOverrides: [] },
    });
    await ecs.until(started?.taskArn, ({ lastStatus }) => lastStatus === 'RUNNING');
    await ecs.client.send(
      new StopTaskCommand({ cluster: 'sample', task: started?.taskArn, reason: 'enough' }),
    );
    const stopped = await ecs.until(started?.taskArn, ({ lastStatus }) => lastStatus === 'STOPPED');
    expect(stopped).toMatchObject({ stopCode: 'UserInitiated', stoppedReason: 'enough' });
    const history = ecs.fixture.events
      .filter(({ resources }) => resources[0] === started?.taskArn)
      .map(({ detail }) => detail as { lastStatus: string; version: number });
    expect(history.map(({ version }) => version)).toEqual(history.map((_, index) => index + 1));
    expect([...new Set(history.map(({ lastStatus }) => lastStatus))]).toEqual([
      'PROVISIONING',
      'PENDING',
      'ACTIVATING',
      'RUNNING',
      'DEACTIVATING',
      'STOPPING',
      'DEPROVISIONING',
      'STOPPED',
    ]);
    const listed = await ecs.client.send(
      new ListTasksCommand({ cluster: 'sample', desiredStatus: 'STOPPED', startedBy: 'nightly' }),
    );
    expect(listed.taskArns).toEqual([started?.taskArn]);
  });

  it.each([{ family: 'shop' }, { launchType: 'FARGATE' as const }, { serviceName: 'shop' }])(
    'are not listed by who started them and %j',
    async (other) => {
      const command = new ListTasksCommand({ cluster: 'sample', startedBy: 'nightly', ...other });
      await expect(ecs.client.send(command)).rejects.toMatchObject({
        name: 'InvalidParameterException',
        message: 'cannot specify startedBy with other arguments',
      });
    },
  );

  it('overrides command, environment and sizes, and says so', async () => {
    const image = ecs.fixture.image('job', { source: 'setInterval(() => {}, 1000);' });
    const overrides = {
      cpu: '512',
      memory: '1024',
      containerOverrides: [
        {
          name: 'app',
          command: ['node', '-e', 'console.log(process.env.MODE, process.env.KEPT)'],
          environment: [{ name: 'MODE', value: 'once' }],
        },
      ],
    };
    const environment = [
      { name: 'MODE', value: 'always' },
      { name: 'KEPT', value: 'yes' },
    ];
    taskDefinition = ecs.fixture.taskDefinition({ image, portMappings: [], environment });
    const { tasks } = await run({ overrides });
    const arn = tasks?.[0]?.taskArn;
    await ecs.until(arn, ({ lastStatus }) => lastStatus === 'STOPPED');
    expect(ecs.fixture.logs.map(({ message }) => message)).toEqual(['once yes']);
    expect(await ecs.task(arn)).toMatchObject({
      cpu: '512',
      memory: '1024',
      stopCode: 'EssentialContainerExited',
      overrides: { ...overrides, inferenceAcceleratorOverrides: [] },
      containers: [{ exitCode: 0, lastStatus: 'STOPPED' }],
    });
  });

  it('starts nothing again for a client token that it knows', async () => {
    const first = await run({ clientToken: 'once', count: 2 });
    const second = await run({ clientToken: 'once', count: 2 });
    expect(second.tasks?.map(({ taskArn }) => taskArn)).toEqual(
      first.tasks?.map(({ taskArn }) => taskArn),
    );
    const listed = await ecs.client.send(new ListTasksCommand({ cluster: 'sample' }));
    expect(listed.taskArns).toHaveLength(2);
  });

  it('shares tasks out among capacity providers, base first', async () => {
    const cluster = ecs.fixture.model.clusters.get('sample');
    const strategy = [
      { capacityProvider: 'FARGATE', base: 1, weight: 1 },
      { capacityProvider: 'FARGATE_SPOT', weight: 3 },
    ];
    ecs.fixture.model.clusters.putCapacityProviders(
      cluster,
      ['FARGATE', 'FARGATE_SPOT'],
      strategy,
      new Set(),
    );
    const { tasks } = await ecs.client.send(
      new RunTaskCommand({ cluster: 'sample', taskDefinition, count: 5, networkConfiguration }),
    );
    const providers = tasks?.map(({ capacityProviderName }) => capacityProviderName).sort();
    expect(providers).toEqual([
      'FARGATE',
      'FARGATE',
      'FARGATE_SPOT',
      'FARGATE_SPOT',
      'FARGATE_SPOT',
    ]);
  });

  it.each<[string, Partial<RunTaskCommandInput>, string, string]>([
    [
      'EC2 without container instances',
      { launchType: 'EC2' },
      'InvalidParameterException',
      'No Container Instances were found in your cluster.',
    ],
    [
      'awsvpc without network configuration',
      { networkConfiguration: undefined },
      'InvalidParameterException',
      "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
    ],
    [
      'too many tasks',
      { count: 11 },
      'InvalidParameterException',
      'Count should be between 1 and 10.',
    ],
    [
      'a launch type and a strategy',
      { capacityProviderStrategy: [{ capacityProvider: 'FARGATE' }] },
      'InvalidParameterException',
      'Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.',
    ],
    [
      'an override of no container',
      { overrides: { containerOverrides: [{ name: 'web' }] } },
      'InvalidParameterException',
      'Override for container named web is not a container in the TaskDefinition.',
    ],
    ['no such family', { taskDefinition: 'none' }, 'ClientException', 'TaskDefinition not found.'],
    ['no such cluster', { cluster: 'none' }, 'ClusterNotFoundException', 'Cluster not found.'],
  ])('refuses %s', async (_, more, name, message) => {
    await expect(run(more)).rejects.toMatchObject({ name, message });
  });

  it('StartTask finds no container instance', async () => {
    const answer = await ecs.client.send(
      new StartTaskCommand({
        cluster: 'sample',
        taskDefinition,
        containerInstances: ['0123456789abcdef0123456789abcdef'],
      }),
    );
    expect(answer.failures).toEqual([
      {
        arn: 'arn:aws:ecs:eu-west-1:111122223333:container-instance/sample/0123456789abcdef0123456789abcdef',
        reason: 'MISSING',
      },
    ]);
  });
});

describe('task protection', () => {
  it('keeps a task of a service from scale-in, two hours unless told, and no task of nobody', async () => {
    await ecs.fixture.listener();
    const service = ecs.fixture.service(taskDefinition, 2);
    await ecs.fixture.model.serviceIsSteady(service);
    const [first, second] = ecs.fixture.tasks(service);
    const alone = (await run()).tasks?.[0]?.taskArn;
    const nowMs = ecs.fixture.world.clock.now();
    const answer = await ecs.client.send(
      new UpdateTaskProtectionCommand({
        cluster: 'sample',
        tasks: [second?.arn ?? '', alone ?? ''],
        protectionEnabled: true,
      }),
    );
    expect(answer.failures).toEqual([{ arn: alone, reason: 'TASK_NOT_VALID' }]);
    const expires = answer.protectedTasks?.[0]?.expirationDate?.getTime() ?? 0;
    expect(Math.round((expires - nowMs) / 60_000)).toBe(120);
    ecs.fixture.model.updateService({ cluster: 'sample', service: 'shop', desiredCount: 1 });
    expect([first?.desiredStatus, second?.desiredStatus]).toEqual(['STOPPED', 'RUNNING']);
    const read = await ecs.client.send(new GetTaskProtectionCommand({ cluster: 'sample' }));
    expect(read.protectedTasks).toMatchObject([{ taskArn: second?.arn, protectionEnabled: true }]);
  });
});
