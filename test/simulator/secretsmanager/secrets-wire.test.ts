import {
  CreateSecretCommand,
  type CreateSecretCommandInput,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetRandomPasswordCommand,
  GetSecretValueCommand,
  type GetSecretValueCommandInput,
  ListSecretsCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  RestoreSecretCommand,
  SecretsManagerClient,
  UpdateSecretCommand,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SecretsManagerModel } from '../../../simulator/secretsmanager/model.ts';
import { secretsManagerWire } from '../../../simulator/secretsmanager/wire.ts';
import { type SimulatedAws, simulatedAws } from '../wire/simulated-aws.ts';

const dayMs = 86_400_000;
let aws: SimulatedAws;
let client: SecretsManagerClient;
let model: SecretsManagerModel;

beforeEach(async () => {
  aws = await simulatedAws((world) => {
    model = new SecretsManagerModel(world);
    return [secretsManagerWire(model, world)];
  });
  client = new SecretsManagerClient(aws.client);
});
afterEach(() => aws.stop());

const create = (Name: string, more: Partial<CreateSecretCommandInput> = {}) =>
  client.send(new CreateSecretCommand({ Name, SecretString: 'one', ...more }));
const read = (SecretId: string, more: Partial<GetSecretValueCommandInput> = {}) =>
  client.send(new GetSecretValueCommand({ SecretId, ...more }));

describe('a secret', () => {
  it('is found by name, ARN and ARN without the six random characters', async () => {
    const { ARN = '', VersionId } = await create('team/shop');
    expect(ARN).toMatch(
      /^arn:aws:secretsmanager:eu-west-1:111122223333:secret:team\/shop-[A-Za-z0-9]{6}$/,
    );
    for (const id of ['team/shop', ARN, ARN.slice(0, -7)]) {
      expect(await read(id)).toMatchObject({
        ARN,
        Name: 'team/shop',
        VersionId,
        SecretString: 'one',
        VersionStages: ['AWSCURRENT'],
      });
    }
    await expect(read(`${ARN}x`)).rejects.toBeInstanceOf(ResourceNotFoundException);
  });

  it('keeps a binary value', async () => {
    await create('key', { SecretString: undefined, SecretBinary: new Uint8Array([1, 255]) });
    const { SecretBinary, SecretString } = await read('key');
    expect([...(SecretBinary ?? [])]).toEqual([1, 255]);
    expect(SecretString).toBeUndefined();
  });

  it('may be created without a value, which then cannot be found', async () => {
    await create('empty', { SecretString: undefined });
    await expect(read('empty')).rejects.toThrow(/staging label: AWSCURRENT/);
  });

  it.each<[string, Partial<CreateSecretCommandInput>, string]>([
    ['an existing name', { Name: 'taken' }, 'ResourceExistsException'],
    ['a space in its name', { Name: 'a b' }, 'ValidationException'],
    ['two values', { SecretBinary: new Uint8Array([1]) }, 'InvalidParameterException'],
    ['a huge value', { SecretString: 'x'.repeat(65_537) }, 'InvalidParameterException'],
  ])('with %s is refused', async (_case, change, code) => {
    await create('taken');
    await expect(create('fresh', change)).rejects.toMatchObject({ name: code });
    expect(model.list()).toHaveLength(1);
  });

  it('is created once when a request is repeated with its token', async () => {
    const ClientRequestToken = 'a'.repeat(32);
    const first = await create('shop', { ClientRequestToken });
    const second = await create('shop', { ClientRequestToken });
    expect([second.ARN, second.VersionId]).toEqual([first.ARN, ClientRequestToken]);
  });
});

describe('versions', () => {
  it('a new value becomes current, the former previous, and the one before loses its stages', async () => {
    const { VersionId: first = '' } = await create('shop');
    await client.send(new PutSecretValueCommand({ SecretId: 'shop', SecretString: 'two' }));
    expect(await read('shop')).toMatchObject({ SecretString: 'two' });
    const previous = await read('shop', { VersionStage: 'AWSPREVIOUS' });
    expect(previous).toMatchObject({ SecretString: 'one', VersionId: first });
    await client.send(new UpdateSecretCommand({ SecretId: 'shop', SecretString: 'three' }));
    const { VersionIdsToStages = {} } = await client.send(
      new DescribeSecretCommand({ SecretId: 'shop' }),
    );
    expect(Object.values(VersionIdsToStages).sort()).toEqual([['AWSCURRENT'], ['AWSPREVIOUS']]);
    expect(VersionIdsToStages[first]).toBeUndefined();
    expect(await read('shop', { VersionId: first })).toMatchObject({ SecretString: 'one' });
  });

  it('a value that is sent again with its token changes nothing, and another value is refused', async () => {
    await create('shop');
    const token = 'b'.repeat(32);
    const put = (SecretString: string, ClientRequestToken?: string) =>
      client.send(
        new PutSecretValueCommand({
          SecretId: 'shop',
          SecretString,
          ...(ClientRequestToken && { ClientRequestToken }),
        }),
      );
    await put('two', token);
    await put('three');
    expect(await put('two', token)).toMatchObject({
      VersionId: token,
      VersionStages: ['AWSPREVIOUS'],
    });
    expect(await read('shop')).toMatchObject({ SecretString: 'three' });
    await expect(put('four', token)).rejects.toMatchObject({ name: 'ResourceExistsException' });
  });

  it('a pending version is read by its own stage only, until it is made current', async () => {
    const { VersionId: old = '' } = await create('shop');
    const pending = await client.send(
      new PutSecretValueCommand({
        SecretId: 'shop',
        SecretString: 'next',
        VersionStages: ['AWSPENDING'],
      }),
    );
    expect(await read('shop')).toMatchObject({ SecretString: 'one' });
    expect(await read('shop', { VersionStage: 'AWSPENDING' })).toMatchObject({
      SecretString: 'next',
    });
    await client.send(
      new UpdateSecretVersionStageCommand({
        SecretId: 'shop',
        VersionStage: 'AWSCURRENT',
        MoveToVersionId: pending.VersionId,
        RemoveFromVersionId: old,
      }),
    );
    expect(await read('shop')).toMatchObject({ SecretString: 'next' });
    expect(await read('shop', { VersionStage: 'AWSPREVIOUS' })).toMatchObject({ VersionId: old });
  });

  it('a version that does not have the asked stage is refused', async () => {
    const { VersionId } = await create('shop');
    await expect(read('shop', { VersionId, VersionStage: 'AWSPREVIOUS' })).rejects.toMatchObject({
      name: 'InvalidRequestException',
    });
    await expect(read('shop', { VersionStage: 'AWSPREVIOUS' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});

describe('deletion', () => {
  it('a secret in its recovery window cannot be read, is described, and can be restored', async () => {
    await create('shop');
    const { DeletionDate } = await client.send(
      new DeleteSecretCommand({ SecretId: 'shop', RecoveryWindowInDays: 7 }),
    );
    expect(DeletionDate?.toISOString()).toMatch(/^2026-11-28T09:00:0/);
    await expect(read('shop')).rejects.toMatchObject({
      name: 'InvalidRequestException',
      message: "You can't perform this operation on the secret because it was marked for deletion.",
    });
    const described = await client.send(new DescribeSecretCommand({ SecretId: 'shop' }));
    expect(described.DeletedDate).toEqual(DeletionDate);
    expect((await client.send(new ListSecretsCommand({}))).SecretList).toEqual([]);
    await expect(create('shop')).rejects.toMatchObject({ name: 'InvalidRequestException' });
    await client.send(new RestoreSecretCommand({ SecretId: 'shop' }));
    expect(await read('shop')).toMatchObject({ SecretString: 'one' });
  });

  it('it is gone when the window ends', async () => {
    await create('shop');
    await client.send(new DeleteSecretCommand({ SecretId: 'shop', RecoveryWindowInDays: 7 }));
    await aws.world.clock.sleep(7 * dayMs);
    await expect(client.send(new DescribeSecretCommand({ SecretId: 'shop' }))).rejects.toThrow(
      "Secrets Manager can't find the specified secret.",
    );
  });

  it.each([
    [{ RecoveryWindowInDays: 6 }],
    [{ RecoveryWindowInDays: 31 }],
    [{ RecoveryWindowInDays: 7, ForceDeleteWithoutRecovery: true }],
  ])('%j is refused', async (change) => {
    await create('shop');
    await expect(
      client.send(new DeleteSecretCommand({ SecretId: 'shop', ...change })),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
    expect(await read('shop')).toMatchObject({ SecretString: 'one' });
  });

  it('without recovery it is gone at once', async () => {
    await create('shop');
    await client.send(
      new DeleteSecretCommand({ SecretId: 'shop', ForceDeleteWithoutRecovery: true }),
    );
    expect(model.list()).toEqual([]);
  });

  it('without recovery it need not be there', async () => {
    const remove = (SecretId: string, ForceDeleteWithoutRecovery: boolean) =>
      client.send(new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery }));
    const arn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:absent-AbCdEf';
    expect(await remove(arn, true)).toMatchObject({ ARN: arn, DeletionDate: expect.any(Date) });
    expect(await remove('absent', true)).toMatchObject({
      ARN: expect.stringMatching(/:secret:absent-\w{6}$/),
      Name: 'absent',
    });
    await expect(remove('absent', false)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});

it('ListSecrets filters by prefix and pages, newest first', async () => {
  for (const name of ['shop/a', 'shop/b', 'other']) await create(name);
  const Filters = [{ Key: 'name' as const, Values: ['shop/'] }];
  const first = await client.send(new ListSecretsCommand({ Filters, MaxResults: 1 }));
  expect(first.SecretList?.map(({ Name }) => Name)).toEqual(['shop/b']);
  const { NextToken } = first;
  const second = await client.send(new ListSecretsCommand({ Filters, MaxResults: 1, NextToken }));
  expect(second.SecretList?.map(({ Name }) => Name)).toEqual(['shop/a']);
  expect(second.NextToken).toBeUndefined();
});

it('a random password keeps the rules', async () => {
  const { RandomPassword } = await client.send(
    new GetRandomPasswordCommand({ PasswordLength: 20, ExcludePunctuation: true }),
  );
  expect(RandomPassword).toMatch(/^(?=.*\d)(?=.*[a-z])(?=.*[A-Z])[A-Za-z0-9]{20}$/);
});
