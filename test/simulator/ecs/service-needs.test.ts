import {
  CreateServiceCommand,
  type CreateServiceCommandInput,
  UpdateServiceCommand,
  type UpdateServiceCommandInput,
} from '@aws-sdk/client-ecs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { EcsWire } from './ecs-wire.ts';

type Wishes = Partial<CreateServiceCommandInput & UpdateServiceCommandInput>;

let ecs: EcsWire;
let taskDefinition: string;
let withTaskRole: string;
beforeAll(async () => {
  ecs = await EcsWire.start();
  const image = ecs.fixture.image('v1');
  taskDefinition = ecs.fixture.taskDefinition({ image });
  withTaskRole = ecs.fixture.taskDefinition(
    { image },
    { taskRoleArn: 'arn:aws:iam::111122223333:role/task' },
  );
  await create('standing', {});
});
afterAll(() => ecs.stop());

const network = (...subnets: string[]) => ({ awsvpcConfiguration: { subnets } });
const create = (serviceName: string, wishes: Wishes) =>
  ecs.client.send(
    new CreateServiceCommand({
      cluster: 'sample',
      serviceName,
      taskDefinition,
      desiredCount: 0,
      launchType: 'FARGATE',
      networkConfiguration: network('subnet-a'),
      ...wishes,
    }),
  );
const update = (wishes: Wishes) =>
  ecs.client.send(new UpdateServiceCommand({ cluster: 'sample', service: 'standing', ...wishes }));

const role = (done: string) =>
  `The service couldn't be ${done} because a valid taskRoleArn is not being used. Specify a valid task role in your task definition and try again.`;
const grace =
  'Health check grace period is only valid for services configured to use load balancers';
const cases: [string, Wishes, string, string, string?][] = [
  [
    'commands in containers without a task role',
    { enableExecuteCommand: true },
    'InvalidParameterException',
    role('created'),
    role('updated'),
  ],
  [
    'a grace period without a balancer',
    { healthCheckGracePeriodSeconds: 30 },
    'InvalidParameterException',
    grace,
  ],
  [
    'no subnets',
    { networkConfiguration: network() },
    'InvalidParameterException',
    'subnets can not be empty.',
  ],
  [
    'an unknown platform version',
    { platformVersion: '9.9.9' },
    'PlatformUnknownException',
    'The specified platform does not exist.',
  ],
  [
    'placement on Fargate',
    { placementStrategy: [{ type: 'random' }] },
    'InvalidParameterException',
    'Placement strategies are not supported with FARGATE launch type.',
  ],
];

it.each(cases)('CreateService refuses %s', async (_, wishes, name, message) => {
  await expect(create('refused', wishes)).rejects.toMatchObject({ name, message });
});

it.each(cases)('UpdateService refuses %s', async (_, wishes, name, created, updated = created) => {
  await expect(update(wishes)).rejects.toMatchObject({ name, message: updated });
});

it('what has its task role, subnets and platform version is taken', async () => {
  const wishes: Wishes = {
    taskDefinition: withTaskRole,
    enableExecuteCommand: true,
    networkConfiguration: network('subnet-b'),
    platformVersion: '1.4.0',
    healthCheckGracePeriodSeconds: 0,
  };
  expect((await create('taken', wishes)).service?.enableExecuteCommand).toBe(true);
  expect((await update(wishes)).service?.platformVersion).toBe('1.4.0');
  await expect(update({ taskDefinition })).rejects.toThrow(role('updated'));
});
