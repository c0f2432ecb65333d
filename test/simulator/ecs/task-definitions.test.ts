import {
  DeleteTaskDefinitionsCommand,
  DeregisterTaskDefinitionCommand,
  DescribeTaskDefinitionCommand,
  ListTaskDefinitionFamiliesCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
} from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { taskDefinitionInput } from './ecs-fixture.ts';
import { EcsWire } from './ecs-wire.ts';

let ecs: EcsWire;
beforeEach(async () => {
  ecs = await EcsWire.start();
});
afterEach(() => ecs.stop());

describe('what AWS fills into a task definition', () => {
  it('is there on the next read, so that Terraform plans no change', async () => {
    const input = taskDefinitionInput(
      {
        healthCheck: { command: ['CMD-SHELL', 'true'] },
        mountPoints: [{ sourceVolume: 'data', containerPath: '/data' }],
      },
      {
        volumes: [
          { name: 'data' },
          { name: 'shared', efsVolumeConfiguration: { fileSystemId: 'fs-1' } },
        ],
      },
    );
    const { taskDefinition } = await ecs.client.send(new RegisterTaskDefinitionCommand(input));
    expect(taskDefinition).toMatchObject({
      volumes: [
        { name: 'data', host: {} },
        { name: 'shared', efsVolumeConfiguration: { fileSystemId: 'fs-1', rootDirectory: '/' } },
      ],
      containerDefinitions: [
        {
          cpu: 0,
          essential: true,
          environment: [],
          volumesFrom: [],
          systemControls: [],
          healthCheck: { command: ['CMD-SHELL', 'true'], interval: 30, timeout: 5, retries: 3 },
          portMappings: [{ containerPort: 8080, hostPort: 8080, protocol: 'tcp' }],
        },
      ],
    });
    const read = await ecs.client.send(
      new DescribeTaskDefinitionCommand({ taskDefinition: 'shop' }),
    );
    expect(read.taskDefinition).toEqual(taskDefinition);
  });

  it.each([
    [{}, ['EC2', 'FARGATE']],
    [{ requiresCompatibilities: ['EC2' as const], cpu: '100' }, ['EC2']],
    [
      { requiresCompatibilities: ['EC2' as const], networkMode: 'host' as const },
      ['EXTERNAL', 'EC2'],
    ],
  ])('says what %j is fit for', async (more, compatibilities) => {
    const input = taskDefinitionInput({}, more);
    const { taskDefinition } = await ecs.client.send(new RegisterTaskDefinitionCommand(input));
    expect(taskDefinition?.compatibilities).toEqual(compatibilities);
  });
});

// As Ansible's community.aws.ecs_taskdefinition 5.5 registers one without roles.
it('takes an empty role for none', async () => {
  const none = { taskRoleArn: '', executionRoleArn: '' };
  const input = taskDefinitionInput({}, { requiresCompatibilities: ['EC2'], ...none });
  const { taskDefinition } = await ecs.client.send(new RegisterTaskDefinitionCommand(input));
  expect(taskDefinition).not.toHaveProperty('taskRoleArn');
  expect(taskDefinition).not.toHaveProperty('executionRoleArn');
});

describe('the end of a task definition', () => {
  const remove = (...taskDefinitions: string[]) =>
    ecs.client.send(new DeleteTaskDefinitionsCommand({ taskDefinitions }));

  it('comes as long after its deletion as the setting says', async () => {
    Object.assign(ecs.fixture.world.settings, { taskDefinitionDeletionMs: 5_000 });
    const arn = ecs.fixture.taskDefinition({});
    await ecs.client.send(new DeregisterTaskDefinitionCommand({ taskDefinition: arn }));
    await remove(arn);
    await ecs.fixture.world.clock.sleep(6_000);
    await expect(
      ecs.client.send(new DescribeTaskDefinitionCommand({ taskDefinition: arn })),
    ).rejects.toMatchObject({ name: 'ClientException' });
  });

  it('is deleted only when INACTIVE, and its number is never given again', async () => {
    const arn = ecs.fixture.taskDefinition({});
    expect((await remove('shop:1', 'shop')).failures).toEqual([
      {
        arn,
        reason:
          'The specified task definition is still in ACTIVE status. Please deregister the target and try again.',
      },
      {
        arn: 'shop',
        reason:
          'The specified task definition identifier is invalid. Specify a valid name or ARN and try again.',
      },
    ]);
    await ecs.client.send(new DeregisterTaskDefinitionCommand({ taskDefinition: arn }));
    const { taskDefinitions } = await remove(arn);
    expect(taskDefinitions).toMatchObject([
      { status: 'DELETE_IN_PROGRESS', deleteRequestedAt: expect.any(Date) },
    ]);
    await expect(
      ecs.client.send(new RunTaskCommand({ cluster: 'sample', taskDefinition: arn })),
    ).rejects.toMatchObject({ name: 'ClientException', message: 'TaskDefinition is inactive' });
    await ecs.fixture.world.clock.sleep(3_500_000);
    await ecs.client.send(new DescribeTaskDefinitionCommand({ taskDefinition: arn }));
    await ecs.fixture.world.clock.sleep(200_000);
    await expect(
      ecs.client.send(new DescribeTaskDefinitionCommand({ taskDefinition: arn })),
    ).rejects.toMatchObject({ name: 'ClientException' });
    expect(ecs.fixture.taskDefinition({})).toMatch(/:task-definition\/shop:2$/);
  });

  it('leaves its family in the list until all revisions are gone', async () => {
    const families = async (status?: 'ACTIVE' | 'INACTIVE') =>
      (await ecs.client.send(new ListTaskDefinitionFamiliesCommand({ status }))).families;
    const arn = ecs.fixture.taskDefinition({});
    await ecs.client.send(new DeregisterTaskDefinitionCommand({ taskDefinition: arn }));
    expect([await families(), await families('ACTIVE'), await families('INACTIVE')]).toEqual([
      ['shop'],
      [],
      ['shop'],
    ]);
    await remove(arn);
    await ecs.fixture.world.clock.sleep(3_700_000);
    expect(await families()).toEqual([]);
  });
});
