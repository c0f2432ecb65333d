import {
  DescribeContainerInstancesCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  StopTaskCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { EcsWire } from './ecs-wire.ts';

let ecs: EcsWire;
beforeAll(async () => {
  ecs = await EcsWire.start();
});
afterAll(() => ecs.stop());

const id = '0123456789abcdef0123456789abcdef';
const arn = (resource: string) => `arn:aws:ecs:eu-west-1:111122223333:${resource}`;
const service = arn('service/sample/shop');
const task = arn(`task/sample/${id}`);
const answer = (command: object) => ecs.client.send(command as DescribeTasksCommand);

it.each([
  ['DescribeServices', new DescribeServicesCommand({ services: [service] })],
  ['UpdateService', new UpdateServiceCommand({ service, desiredCount: 1 })],
  ['DescribeTasks', new DescribeTasksCommand({ tasks: [task] })],
  ['StopTask', new StopTaskCommand({ task })],
  [
    'DescribeContainerInstances',
    new DescribeContainerInstancesCommand({
      containerInstances: [arn(`container-instance/sample/${id}`)],
    }),
  ],
])('%s with an ARN and without its cluster is told which one was meant', async (_, command) => {
  await expect(answer(command)).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message: 'Invalid identifier: Identifier is for cluster sample. Your cluster is default',
  });
});

it('an ARN of the cluster that is named by its ARN is taken', async () => {
  const { failures } = await answer(
    new DescribeTasksCommand({ cluster: arn('cluster/sample'), tasks: [task] }),
  );
  expect(failures).toEqual([{ arn: task, reason: 'MISSING' }]);
});

it('ids that cannot be one are refused, others are missing', async () => {
  const described = (tasks: string[]) =>
    answer(new DescribeTasksCommand({ cluster: 'sample', tasks }));
  await expect(described(['None'])).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message: 'taskId length should be one of [32,36]',
  });
  await expect(
    answer(
      new DescribeContainerInstancesCommand({ cluster: 'sample', containerInstances: ['None'] }),
    ),
  ).rejects.toThrow('instanceId length should be one of [32,36]');
  expect((await described([id])).failures).toEqual([{ arn: task, reason: 'MISSING' }]);
});

// sil-org/ecs-deploy #266.
it('more than a hundred tasks, or ten services, are refused in AWS’s words', async () => {
  await expect(
    answer(new DescribeTasksCommand({ cluster: 'sample', tasks: Array(101).fill(id) })),
  ).rejects.toThrow('taskIds can have at most 100 items.');
  await expect(
    answer(new DescribeServicesCommand({ cluster: 'sample', services: Array(11).fill('shop') })),
  ).rejects.toThrow('service names can have at most 10 items');
});
