import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { IamModel } from '../../../simulator/iam/model.ts';
import { policyDocument } from '../../../simulator/iam/policy-document.ts';
import { stsWire } from '../../../simulator/sts/wire.ts';
import { type SimulatedAws, simulatedAws } from '../wire/simulated-aws.ts';

let aws: SimulatedAws;
beforeAll(async () => {
  aws = await simulatedAws((world) => {
    const iam = new IamModel(world);
    iam.createRole({
      roleName: 'deployer',
      path: '/path/',
      description: undefined,
      trust: policyDocument.parse({
        Version: '2012-10-17',
        Statement: {
          Effect: 'Allow',
          Principal: { AWS: '111122223333' },
          Action: 'sts:AssumeRole',
        },
      }),
    });
    return [stsWire(iam, world)];
  });
});
afterAll(() => aws.stop());

it('GetCallerIdentity of an access key that nobody handed out is the administrator', async () => {
  const sts = new STSClient(aws.client);
  expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
    UserId: 'AIDAREHEARSAL',
    Account: '111122223333',
    Arn: 'arn:aws:iam::111122223333:user/rehearsal',
  });
});

it('AssumeRole answers credentials that expire in virtual time', async () => {
  const { Credentials, AssumedRoleUser } = await new STSClient(aws.client).send(
    new AssumeRoleCommand({
      RoleArn: 'arn:aws:iam::111122223333:role/path/deployer',
      RoleSessionName: 'jenkins',
      DurationSeconds: 900,
    }),
  );
  expect(AssumedRoleUser?.Arn).toBe('arn:aws:sts::111122223333:assumed-role/deployer/jenkins');
  const inMs = (Credentials?.Expiration?.getTime() ?? 0) - aws.world.clock.now();
  expect(inMs).toBeGreaterThan(890_000);
  expect(inMs).toBeLessThanOrEqual(900_000);
});

it('AssumeRole without a session name is refused by name', async () => {
  const answer = await fetch(aws.endpoint, {
    method: 'POST',
    body: new URLSearchParams({
      Action: 'AssumeRole',
      Version: '2011-06-15',
      RoleArn: 'arn:aws:iam::111122223333:role/deployer',
    }),
  });
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain(
    "<Code>ValidationError</Code><Message>1 validation error detected: Value null at 'roleSessionName' failed to satisfy constraint: Member must not be null</Message>",
  );
});
