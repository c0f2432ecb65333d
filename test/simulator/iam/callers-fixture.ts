import {
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand, type Credentials, STSClient } from '@aws-sdk/client-sts';
import { createSimulator, type Simulator } from '../../../simulator/simulator.ts';

export const account = '123456789012';
let simulator: Simulator;

export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export const options = (credentials: Keys = { accessKeyId: 'me', secretAccessKey: 'me' }) => ({
  endpoint: simulator.endpoint,
  region: 'us-east-1',
  credentials,
  maxAttempts: 1,
});
export const keysOf = ({ AccessKeyId, SecretAccessKey, SessionToken }: Credentials): Keys => ({
  accessKeyId: AccessKeyId ?? '',
  secretAccessKey: SecretAccessKey ?? '',
  sessionToken: SessionToken ?? '',
});
export const policy = (...Statement: object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement });
export const allow = (Action: string | string[], Resource: string | string[] = '*') => ({
  Effect: 'Allow',
  Action,
  Resource,
});
export const iam = () => new IAMClient(options());

export async function newUser(UserName: string, ...statements: object[]): Promise<Keys> {
  await iam().send(new CreateUserCommand({ UserName }));
  if (statements.length > 0) {
    await iam().send(
      new PutUserPolicyCommand({
        UserName,
        PolicyName: 'own',
        PolicyDocument: policy(...statements),
      }),
    );
  }
  const { AccessKey } = await iam().send(new CreateAccessKeyCommand({ UserName }));
  return {
    accessKeyId: AccessKey?.AccessKeyId ?? '',
    secretAccessKey: AccessKey?.SecretAccessKey ?? '',
  };
}

export async function newRole(
  RoleName: string,
  trust: object,
  ...statements: object[]
): Promise<string> {
  const { Role } = await iam().send(
    new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: policy(trust) }),
  );
  if (statements.length > 0) {
    await iam().send(
      new PutRolePolicyCommand({
        RoleName,
        PolicyName: 'own',
        PolicyDocument: policy(...statements),
      }),
    );
  }
  return Role?.Arn ?? '';
}
export const trustAccount = {
  Effect: 'Allow',
  Principal: { AWS: account },
  Action: 'sts:AssumeRole',
};

export async function assume(RoleArn: string, by?: Keys, more: object = {}): Promise<Keys> {
  const { Credentials } = await new STSClient(options(by)).send(
    new AssumeRoleCommand({ RoleArn, RoleSessionName: 'ci', ...more }),
  );
  return keysOf(Credentials as Credentials);
}

/** Starts the simulator that the callers of this file call. */
export async function startSimulator(): Promise<Simulator> {
  simulator = await createSimulator();
  return simulator;
}
