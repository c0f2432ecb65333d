import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { stsWire } from '../../../simulator/sts/wire.ts';
import { type SimulatedAws, simulatedAws } from '../wire/simulated-aws.ts';

let aws: SimulatedAws;
beforeAll(async () => {
  aws = await simulatedAws((world) => [stsWire(world)]);
});
afterAll(() => aws.stop());

it.each([
  ['rehearsal', 'arn:aws:iam::111122223333:user/rehearsal'],
  [
    'FN.greengate-verify-release',
    'arn:aws:sts::111122223333:assumed-role/greengate-verify-release/greengate-verify-release',
  ],
])('GetCallerIdentity of access key id %s is %s', async (accessKeyId, Arn) => {
  const credentials = { accessKeyId, secretAccessKey: 's' };
  const sts = new STSClient({ ...aws.client, credentials });
  expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
    Account: '111122223333',
    Arn,
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
    "<Code>ValidationError</Code><Message>1 validation error detected: Value null at 'RoleSessionName' failed to satisfy constraint: Member must not be null</Message>",
  );
});
