import {
  CreateClusterCommand,
  CreateServiceCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Simulator } from '../../../simulator/simulator.ts';
import {
  account,
  allow,
  assume,
  type Keys,
  newRole,
  options,
  startSimulator,
  trustAccount,
} from '../iam/callers-fixture.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator?.stop());

async function made(by?: Keys) {
  const ecs = new ECSClient(options(by));
  const { taskDefinition } = await ecs.send(
    new RegisterTaskDefinitionCommand({
      family: 'shop',
      containerDefinitions: [{ name: 'app', image: 'shop:v1', memory: 128 }],
    }),
  );
  const { service } = await ecs.send(
    new CreateServiceCommand({
      serviceName: by ? 'by-role' : 'by-user',
      deploymentController: { type: 'EXTERNAL' },
    }),
  );
  return [taskDefinition?.registeredBy, service?.createdBy];
}

// ECS API reference, TaskDefinition.registeredBy and Service.createdBy: "the principal".
it('tells who registered a task definition and created a service', async () => {
  await new ECSClient(options()).send(new CreateClusterCommand({}));
  const user = `arn:aws:iam::${account}:user/rehearsal`;
  expect(await made()).toEqual([user, user]);
  const role = await newRole('deployer', trustAccount, allow('ecs:*'));
  expect(await made(await assume(role))).toEqual([
    `arn:aws:sts::${account}:assumed-role/deployer/ci`,
    role,
  ]);
});
