import {
  CreateSecretCommand,
  DeleteResourcePolicyCommand,
  GetResourcePolicyCommand,
  PutResourcePolicyCommand,
  RotateSecretCommand,
  SecretsManagerClient,
  ValidateResourcePolicyCommand,
} from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SecretsManagerModel } from '../../../simulator/secretsmanager/model.ts';
import { secretsManagerWire } from '../../../simulator/secretsmanager/wire.ts';
import { type SimulatedAws, simulatedAws } from '../wire/simulated-aws.ts';

let aws: SimulatedAws;
let client: SecretsManagerClient;
const SecretId = 'team/shop';
const ResourcePolicy = '{"Version":"2012-10-17","Statement":[]}';

beforeEach(async () => {
  aws = await simulatedAws((world) => [secretsManagerWire(new SecretsManagerModel(world), world)]);
  client = new SecretsManagerClient(aws.client);
  await client.send(new CreateSecretCommand({ Name: SecretId, SecretString: 's' }));
});
afterEach(() => aws.stop());

it('a resource policy is put, shown and deleted', async () => {
  const get = async () =>
    (await client.send(new GetResourcePolicyCommand({ SecretId }))).ResourcePolicy;
  expect(await get()).toBeUndefined();
  await client.send(new PutResourcePolicyCommand({ SecretId, ResourcePolicy }));
  expect(await get()).toBe(ResourcePolicy);
  await client.send(new DeleteResourcePolicyCommand({ SecretId }));
  expect(await get()).toBeUndefined();
});

it('what is no policy is refused, and told by validation', async () => {
  const bad = { SecretId, ResourcePolicy: '{' };
  await expect(client.send(new PutResourcePolicyCommand(bad))).rejects.toMatchObject({
    name: 'MalformedPolicyDocumentException',
  });
  expect(await client.send(new ValidateResourcePolicyCommand(bad))).toMatchObject({
    PolicyValidationPassed: false,
    ValidationErrors: [{ CheckName: 'POLICY_SYNTAX' }],
  });
  const good = await client.send(new ValidateResourcePolicyCommand({ ResourcePolicy }));
  expect(good.PolicyValidationPassed).toBe(true);
});

it('rotation is refused by name', async () => {
  await expect(client.send(new RotateSecretCommand({ SecretId }))).rejects.toThrow(
    'Operation secrets-manager:RotateSecret is not simulated',
  );
});
