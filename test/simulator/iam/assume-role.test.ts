import { DescribeRepositoriesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { ECSClient, ListTasksCommand } from '@aws-sdk/client-ecs';
import {
  CreateOpenIDConnectProviderCommand,
  CreatePolicyCommand,
  PutRolePermissionsBoundaryCommand,
} from '@aws-sdk/client-iam';
import {
  AssumeRoleWithWebIdentityCommand,
  GetCallerIdentityCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Simulator } from '../../../simulator/simulator.ts';
import {
  account,
  allow,
  assume,
  iam,
  type Keys,
  newRole,
  newUser,
  options,
  policy,
  startSimulator,
  trustAccount,
} from './callers-fixture.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator?.stop());

describe('AssumeRole', () => {
  it('needs the trust of the role, whatever the caller may do', async () => {
    const arn = await newRole('for-ecs', {
      Effect: 'Allow',
      Principal: { Service: 'ecs-tasks.amazonaws.com' },
      Action: 'sts:AssumeRole',
    });
    await expect(assume(arn)).rejects.toMatchObject({
      name: 'AccessDenied',
      message: `User: arn:aws:iam::${account}:user/rehearsal is not authorized to perform: sts:AssumeRole on resource: ${arn}`,
      $metadata: { httpStatusCode: 403 },
    });
    await expect(assume(`arn:aws:iam::${account}:role/none`)).rejects.toMatchObject({
      name: 'AccessDenied',
    });
  });

  it('trust in the account still needs a permission, trust in the user does not', async () => {
    const keys = await newUser('eve');
    const delegated = await newRole('delegated', trustAccount);
    await expect(assume(delegated, keys)).rejects.toThrow(
      `is not authorized to perform: sts:AssumeRole on resource: ${delegated} because no identity-based policy allows the sts:AssumeRole action`,
    );
    const direct = await newRole('direct', {
      ...trustAccount,
      Principal: { AWS: `arn:aws:iam::${account}:user/eve` },
      Condition: { StringEquals: { 'sts:ExternalId': 'x1' } },
    });
    await expect(assume(direct, keys)).rejects.toMatchObject({ name: 'AccessDenied' });
    const session = await assume(direct, keys, { ExternalId: 'x1' });
    const who = await new STSClient(options(session)).send(new GetCallerIdentityCommand({}));
    expect(who.Arn).toBe(`arn:aws:sts::${account}:assumed-role/direct/ci`);
  });

  it('a session policy and a boundary only take away, each named in the denial', async () => {
    const arn = await newRole('limited', trustAccount, allow(['ecs:*', 'ecr:*']));
    const session = await assume(arn, undefined, { Policy: policy(allow('ecs:*')) });
    const repositories = (by: Keys) =>
      new ECRClient(options(by)).send(new DescribeRepositoriesCommand({}));
    const denied = `User: arn:aws:sts::${account}:assumed-role/limited/ci is not authorized to perform: ecr:DescribeRepositories on resource: arn:aws:ecr:us-east-1:${account}:repository/*`;
    await expect(repositories(session)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `${denied} because no session policy allows the ecr:DescribeRepositories action`,
    });
    const { Policy } = await iam().send(
      new CreatePolicyCommand({
        PolicyName: 'edge',
        PolicyDocument: policy(allow('ecs:*'), {
          Effect: 'Deny',
          Action: 'ecs:ListTasks',
          Resource: '*',
        }),
      }),
    );
    await iam().send(
      new PutRolePermissionsBoundaryCommand({
        RoleName: 'limited',
        PermissionsBoundary: Policy?.Arn,
      }),
    );
    const bounded = await assume(arn);
    await expect(repositories(bounded)).rejects.toThrow(
      `${denied} because no permissions boundary allows the ecr:DescribeRepositories action`,
    );
    await expect(new ECSClient(options(bounded)).send(new ListTasksCommand({}))).rejects.toThrow(
      'with an explicit deny in a permissions boundary',
    );
  });
});

describe('AssumeRoleWithWebIdentity', () => {
  const host = 'token.actions.githubusercontent.com';
  const token = (claims: object) =>
    `e30.${Buffer.from(JSON.stringify({ iss: `https://${host}`, aud: 'sts.amazonaws.com', ...claims })).toString('base64url')}.c2ln`;
  const enter = (RoleArn: string, claims: object) =>
    new STSClient(options()).send(
      new AssumeRoleWithWebIdentityCommand({
        RoleArn,
        RoleSessionName: 'run',
        WebIdentityToken: token(claims),
      }),
    );

  it('takes tokens of registered providers whose claims the trust policy allows', async () => {
    const RoleArn = await newRole('github', {
      Effect: 'Allow',
      Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/${host}` },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: { [`${host}:aud`]: 'sts.amazonaws.com' },
        StringLike: { [`${host}:sub`]: 'repo:acme/shop:*' },
      },
    });
    const sub = 'repo:acme/shop:ref:refs/heads/main';
    await expect(enter(RoleArn, { sub })).rejects.toMatchObject({
      name: 'InvalidIdentityTokenException',
      message: `No OpenIDConnect provider found in your account for https://${host}`,
    });
    await iam().send(
      new CreateOpenIDConnectProviderCommand({
        Url: `https://${host}`,
        ClientIDList: ['sts.amazonaws.com'],
      }),
    );
    const { AssumedRoleUser, SubjectFromWebIdentityToken } = await enter(RoleArn, { sub });
    expect(AssumedRoleUser?.Arn).toBe(`arn:aws:sts::${account}:assumed-role/github/run`);
    expect(SubjectFromWebIdentityToken).toBe(sub);
    await expect(enter(RoleArn, { sub: 'repo:other/shop:main' })).rejects.toMatchObject({
      name: 'AccessDenied',
      message: 'Not authorized to perform sts:AssumeRoleWithWebIdentity',
    });
    await expect(enter(RoleArn, { sub, aud: 'elsewhere' })).rejects.toThrow(
      'Incorrect token audience',
    );
    await expect(enter(RoleArn, { sub, exp: 1 })).rejects.toThrow('Token expired');
  });
});
