import {
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  IAMClient,
  ListPoliciesCommand,
  ListPolicyVersionsCommand,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { IamModel } from '../../../simulator/iam/model.ts';
import { iamWire } from '../../../simulator/iam/wire.ts';
import { type SimulatedAws, simulatedAws } from '../wire/simulated-aws.ts';

let aws: SimulatedAws;
beforeAll(async () => {
  aws = await simulatedAws((world) => [iamWire(new IamModel(world))]);
});
afterAll(() => aws.stop());

const text = (Action: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
  });

it('a policy has up to five versions, of which the default decides and cannot be deleted', async () => {
  const iam = new IAMClient(aws.client);
  const { Policy } = await iam.send(
    new CreatePolicyCommand({ PolicyName: 'p', PolicyDocument: text('a:1') }),
  );
  const PolicyArn = Policy?.Arn;
  const add = (action: string, SetAsDefault = true) =>
    iam.send(
      new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: text(action), SetAsDefault }),
    );
  expect((await add('a:2')).PolicyVersion).toMatchObject({
    VersionId: 'v2',
    IsDefaultVersion: true,
  });
  for (const action of ['a:3', 'a:4', 'a:5']) await add(action, false);
  await expect(add('a:6')).rejects.toMatchObject({ name: 'LimitExceededException' });
  const read = async (VersionId: string) => {
    const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }));
    return decodeURIComponent(PolicyVersion?.Document ?? '');
  };
  expect([await read('v1'), await read('v2'), await read('v5')]).toEqual(
    ['a:1', 'a:2', 'a:5'].map(text),
  );
  const remove = (VersionId: string) =>
    iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId }));
  await expect(remove('v2')).rejects.toMatchObject({
    name: 'DeleteConflictException',
    message: 'Cannot delete the default version of a policy.',
  });
  await expect(iam.send(new DeletePolicyCommand({ PolicyArn }))).rejects.toMatchObject({
    name: 'DeleteConflictException',
  });
  await remove('v5');
  expect((await add('a:7', false)).PolicyVersion?.VersionId).toBe('v6');
  const { Versions = [] } = await iam.send(new ListPolicyVersionsCommand({ PolicyArn }));
  expect(Versions.map(({ VersionId }) => VersionId)).toEqual(['v6', 'v4', 'v3', 'v2', 'v1']);
  const shown = await iam.send(new GetPolicyCommand({ PolicyArn }));
  expect(shown.Policy?.DefaultVersionId).toBe('v2');
  const { Policies = [] } = await iam.send(new ListPoliciesCommand({ Scope: 'Local' }));
  expect(Policies.map(({ PolicyName }) => PolicyName)).toEqual(['p']);
  for (const id of ['v6', 'v4', 'v3', 'v1']) await remove(id);
  await iam.send(new DeletePolicyCommand({ PolicyArn }));
  await expect(iam.send(new GetPolicyCommand({ PolicyArn }))).rejects.toMatchObject({
    name: 'NoSuchEntityException',
  });
});
