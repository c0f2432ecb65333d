import {
  CreateServiceCommand,
  CreateTaskSetCommand,
  type CreateTaskSetCommandInput,
  DeleteServiceCommand,
  DeleteTaskSetCommand,
  DescribeServicesCommand,
  DescribeTaskSetsCommand,
  UpdateServiceCommand,
  UpdateServicePrimaryTaskSetCommand,
  UpdateTaskSetCommand,
} from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EcsWire } from './ecs-wire.ts';

let ecs: EcsWire;
let taskDefinition: string;
const of = { cluster: 'sample', service: 'shop' };
beforeEach(async () => {
  ecs = await EcsWire.start();
  await ecs.fixture.listener();
  taskDefinition = ecs.fixture.taskDefinition({ image: ecs.fixture.image('v1') });
  await ecs.client.send(
    new CreateServiceCommand({
      cluster: 'sample',
      serviceName: 'shop',
      desiredCount: 3,
      deploymentController: { type: 'EXTERNAL' },
    }),
  );
});
afterEach(() => ecs.stop());

const create = (more: Partial<CreateTaskSetCommandInput> = {}) =>
  ecs.client.send(
    new CreateTaskSetCommand({
      ...of,
      taskDefinition,
      launchType: 'FARGATE',
      networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-a'] } },
      ...more,
    }),
  );
const steady = (id = '') =>
  ecs.fixture.until(() => ecs.fixture.view(id)?.stabilityStatus === 'STEADY_STATE');

describe('a service under the EXTERNAL controller', () => {
  it('runs what its task sets say, rounded up, and shows the primary one as its own', async () => {
    const { taskSet: first } = await create({
      scale: { value: 40, unit: 'PERCENT' },
      externalId: 'release-1',
      tags: [{ key: 'team', value: 'shop' }],
    });
    expect(first).toMatchObject({
      id: expect.stringMatching(/^ecs-svc\/\d{19}$/),
      status: 'ACTIVE',
      externalId: 'release-1',
      computedDesiredCount: 2,
      launchType: 'FARGATE',
      scale: { value: 40, unit: 'PERCENT' },
      stabilityStatus: 'STABILIZING',
      tags: [{ key: 'team', value: 'shop' }],
    });
    expect(first).not.toHaveProperty('startedBy');
    await steady(first?.id);
    await ecs.client.send(
      new UpdateServicePrimaryTaskSetCommand({ ...of, primaryTaskSet: first?.id }),
    );
    const { services } = await ecs.client.send(
      new DescribeServicesCommand({ cluster: 'sample', services: ['shop'] }),
    );
    expect(services?.[0]).toMatchObject({
      deploymentController: { type: 'EXTERNAL' },
      desiredCount: 3,
      runningCount: 2,
      taskDefinition,
      taskSets: [{ id: first?.id, status: 'PRIMARY', runningCount: 2 }],
    });
    await ecs.client.send(
      new UpdateTaskSetCommand({
        ...of,
        taskSet: first?.id,
        scale: { value: 100, unit: 'PERCENT' },
      }),
    );
    expect(ecs.fixture.view(first?.id ?? '')).toMatchObject({ computedDesiredCount: 3 });
    await ecs.client.send(new UpdateServiceCommand({ ...of, desiredCount: 1 }));
    expect(ecs.fixture.view(first?.id ?? '')).toMatchObject({ computedDesiredCount: 1 });
  });

  it('has nothing to run in a set without a scale', async () => {
    const { taskSet } = await create();
    expect(taskSet).toMatchObject({
      computedDesiredCount: 0,
      scale: { value: 0, unit: 'PERCENT' },
    });
    await steady(taskSet?.id);
    expect(ecs.fixture.view(taskSet?.id ?? '')).toMatchObject({ runningCount: 0 });
  });

  it('deletes a set only scaled to nothing or by force, and knows no other', async () => {
    const { taskSet } = await create({ scale: { value: 100, unit: 'PERCENT' } });
    const remove = (force: boolean, id = taskSet?.id) =>
      ecs.client.send(new DeleteTaskSetCommand({ ...of, taskSet: id, force }));
    await expect(remove(false)).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await expect(remove(true, 'ecs-svc/1')).rejects.toMatchObject({
      name: 'TaskSetNotFoundException',
    });
    expect((await remove(true)).taskSet?.status).toBe('DRAINING');
    await ecs.fixture.until(() => ecs.fixture.view(taskSet?.id ?? '') === undefined);
    const gone = await ecs.client.send(
      new DescribeTaskSetsCommand({ ...of, taskSets: [taskSet?.id ?? ''] }),
    );
    expect(gone.failures).toMatchObject([{ reason: 'MISSING' }]);
  });

  it('holds five sets, and creates none twice for one client token', async () => {
    const [first, second] = [
      await create({ clientToken: 'a' }),
      await create({ clientToken: 'a' }),
    ];
    expect(second.taskSet?.id).toBe(first.taskSet?.id);
    for (let more = 0; more < 4; more++) await create();
    await expect(create()).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message:
        '5 deployments exist on the service. Unable to create new TaskSet. Please delete an existing TaskSet and try again.',
    });
  });

  it('refuses what belongs to task sets, and scales beyond all of it', async () => {
    await expect(
      ecs.client.send(new UpdateServiceCommand({ ...of, taskDefinition })),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await expect(create({ scale: { value: 101, unit: 'PERCENT' } })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    const balancer = { targetGroupArn: ecs.fixture.blue.arn, containerName: 'app' };
    await expect(create({ loadBalancers: [balancer, balancer] })).rejects.toMatchObject({
      name: 'UnsupportedFeatureException',
      message: 'Not simulated: several target groups',
    });
  });

  it('is INACTIVE once it is deleted without task sets', async () => {
    const deleted = await ecs.client.send(new DeleteServiceCommand({ ...of, force: true }));
    expect(deleted.service?.status).toBe('INACTIVE');
  });
});
