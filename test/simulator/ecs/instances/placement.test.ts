import {
  DescribeContainerInstancesCommand,
  type Resource,
  type RunTaskCommandInput,
  StartTaskCommand,
} from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EcsWire } from '../ecs-wire.ts';
import { instanceRequests, startForInstances } from './instance-requests.ts';

let ecs: EcsWire;
beforeEach(async () => {
  ecs = await startForInstances();
});
afterEach(() => ecs.stop());

const { onEc2, register, run } = instanceRequests(() => ecs);

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
});
