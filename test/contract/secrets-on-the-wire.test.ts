import {
  CreateSecretCommand,
  DeleteSecretCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientOptions } from '../../cli/rehearsal/client-options.ts';
import { secretsReader } from '../../functions/adapters/secrets.ts';
import { createSimulator, type Simulator } from '../../simulator/simulator.ts';

let simulator: Simulator;
let secretsManager: SecretsManagerClient;
let ssm: SSMClient;

beforeAll(async () => {
  simulator = await createSimulator();
  secretsManager = new SecretsManagerClient(clientOptions(simulator));
  ssm = new SSMClient(clientOptions(simulator));
});

afterAll(async () => {
  secretsManager?.destroy();
  ssm?.destroy();
  await simulator?.stop();
});

const reader = () => secretsReader(secretsManager, ssm);

describe('secretsReader against the AWS protocols', () => {
  it('finds a secret by name and by full ARN, and each of its members', async () => {
    const { ARN = '' } = await secretsManager.send(
      new CreateSecretCommand({
        Name: 'shop/probe',
        SecretString: '{"user":"prober","password":"größer"}',
      }),
    );
    const secrets = reader();

    expect(await secrets.read({ secretsManager: 'shop/probe', key: 'user' })).toBe('prober');
    expect(await secrets.read({ secretsManager: ARN, key: 'password' })).toBe('größer');
    await expect(secrets.read({ secretsManager: ARN, key: 'token' })).rejects.toMatchObject({
      name: 'InvalidConfigError',
    });
  });

  it('keeps a value for one reader, and shows the next one what was rotated', async () => {
    await secretsManager.send(new CreateSecretCommand({ Name: 'rotated', SecretString: 'first' }));
    const secrets = reader();
    expect(await secrets.read({ secretsManager: 'rotated' })).toBe('first');

    await secretsManager.send(
      new PutSecretValueCommand({ SecretId: 'rotated', SecretString: 'second' }),
    );

    expect(await secrets.read({ secretsManager: 'rotated' })).toBe('first');
    expect(await reader().read({ secretsManager: 'rotated' })).toBe('second');
  });

  it('refuses a binary secret, one without value and one that is deleted', async () => {
    await secretsManager.send(
      new CreateSecretCommand({ Name: 'binary', SecretBinary: Buffer.from('hidden') }),
    );
    await secretsManager.send(new CreateSecretCommand({ Name: 'empty' }));
    await secretsManager.send(new CreateSecretCommand({ Name: 'old', SecretString: 'hidden' }));
    await secretsManager.send(new DeleteSecretCommand({ SecretId: 'old' }));

    await expect(reader().read({ secretsManager: 'binary' })).rejects.toMatchObject({
      name: 'InvalidConfigError',
    });
    await expect(reader().read({ secretsManager: 'empty' })).rejects.toMatchObject({
      name: 'ResourceNotFoundError',
    });
    await expect(reader().read({ secretsManager: 'old' })).rejects.toMatchObject({
      name: 'ResourceNotFoundError',
      message: expect.stringContaining('marked for deletion'),
    });
  });

  it('decrypts a SecureString, by its newest value or a version', async () => {
    for (const Value of ['one', 'two']) {
      await ssm.send(
        new PutParameterCommand({
          Name: '/shop/token',
          Type: 'SecureString',
          Value,
          Overwrite: Value === 'two',
        }),
      );
    }

    expect(await reader().read({ parameter: '/shop/token' })).toBe('two');
    expect(await reader().read({ parameter: '/shop/token:1' })).toBe('one');
    await expect(reader().read({ parameter: '/shop/token:9' })).rejects.toMatchObject({
      name: 'ResourceNotFoundError',
    });
  });

  it('says what is not there', async () => {
    await expect(reader().read({ secretsManager: 'none' })).rejects.toMatchObject({
      name: 'ResourceNotFoundError',
      message: expect.stringContaining('"none"'),
    });
    await expect(reader().read({ parameter: '/none' })).rejects.toMatchObject({
      name: 'ResourceNotFoundError',
      message: expect.stringContaining('"/none"'),
    });
  });
});
