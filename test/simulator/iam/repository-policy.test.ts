import {
  CreateRepositoryCommand,
  ECRClient,
  SetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSimulator, type Simulator } from '../../../simulator/simulator.ts';

let simulator: Simulator;
beforeEach(async () => {
  simulator = await createSimulator();
});
afterEach(() => simulator.stop());

it('the policy of a repository lets execution roles pull, or keeps them from it', async () => {
  const credentials = { accessKeyId: 'me', secretAccessKey: 'me' };
  const options = { endpoint: simulator.endpoint, region: 'us-east-1', credentials };
  const repositoryName = 'shop';
  const ecr = new ECRClient(options);
  const { repository } = await ecr.send(new CreateRepositoryCommand({ repositoryName }));
  const trust = {
    Effect: 'Allow',
    Principal: { Service: 'ecs-tasks.amazonaws.com' },
    Action: 'sts:AssumeRole',
  };
  const { Role } = await new IAMClient(options).send(
    new CreateRoleCommand({
      RoleName: 'execution',
      AssumeRolePolicyDocument: JSON.stringify({ Statement: trust }),
    }),
  );
  const pull = () =>
    simulator.world.services.iam.authorize({
      roleArn: Role?.Arn ?? '',
      servicePrincipal: 'ecs-tasks.amazonaws.com',
      sessionName: 'task',
      action: 'ecr:BatchGetImage',
      resource: repository?.repositoryArn ?? '',
    });
  const set = (Effect: string) =>
    ecr.send(
      new SetRepositoryPolicyCommand({
        repositoryName,
        policyText: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect, Principal: { AWS: Role?.Arn }, Action: 'ecr:BatchGetImage' }],
        }),
      }),
    );
  expect(pull()).toMatchObject({ allowed: false, reason: 'implicit-deny' });
  await set('Allow');
  expect(pull()).toEqual({ allowed: true });
  await set('Deny');
  expect(pull()).toMatchObject({
    reason: 'explicit-deny',
    message: `User: arn:aws:sts::123456789012:assumed-role/execution/task is not authorized to perform: ecr:BatchGetImage on resource: ${repository?.repositoryArn} with an explicit deny in a resource-based policy`,
  });
});
