import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, it } from 'vitest';
import { secretsReader } from '../../../functions/adapters/secrets.ts';
import type { Secrets } from '../../../functions/core/ports/secrets.ts';
import { type ScriptedAnswer, type ScriptedCall, scriptedAws } from '../../support/scripted-aws.ts';

const fullArn = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop/probe-AbC123';

async function prepare(answer: (call: ScriptedCall) => ScriptedAnswer, signal?: AbortSignal) {
  const aws = await scriptedAws(answer);
  const secretsManager = new SecretsManagerClient(aws.client);
  const ssm = new SSMClient(aws.client);
  return {
    secrets: secretsReader(secretsManager, ssm, signal),
    requests: () => aws.calls.map(({ operation, body }) => [operation, JSON.parse(body)]),
    async [Symbol.asyncDispose]() {
      secretsManager.destroy();
      ssm.destroy();
      await aws[Symbol.asyncDispose]();
    },
  };
}

const secret = (SecretString: string): ScriptedAnswer => ({ body: { SecretString } });
const refusal = (__type: string, message = 'as AWS said'): ScriptedAnswer => ({
  status: 400,
  body: { __type, message },
});

/** The rejection, and everything in it that could reach a log. */
async function refused(reading: Promise<string>) {
  const error: unknown = await reading.catch((reason: unknown) => reason);
  if (!(error instanceof Error)) throw new Error(`was read: ${String(error)}`);
  const details = 'details' in error ? error.details : undefined;
  return { error, everything: JSON.stringify([error.message, error.stack, details, error.cause]) };
}

describe('secretsReader', () => {
  it.each(['shop/probe', fullArn])('reads the text of secret %s', async (secretsManager) => {
    await using prepared = await prepare(() => secret('a text'));

    expect(await prepared.secrets.read({ secretsManager })).toBe('a text');
    expect(prepared.requests()).toEqual([['GetSecretValue', { SecretId: secretsManager }]]);
  });

  it('reads a parameter decrypted', async () => {
    await using prepared = await prepare(() => ({ body: { Parameter: { Value: 'hidden' } } }));

    expect(await prepared.secrets.read({ parameter: '/shop/token' })).toBe('hidden');
    expect(prepared.requests()).toEqual([
      ['GetParameter', { Name: '/shop/token', WithDecryption: true }],
    ]);
  });

  it.each([
    ['token', 'abc'],
    ['number', '42'],
    ['flag', 'false'],
    ['a.b', 'dotted'],
  ])('takes member %s of a JSON object as text', async (key, value) => {
    await using prepared = await prepare(() =>
      secret('{"token":"abc","number":42,"flag":false,"a.b":"dotted"}'),
    );

    expect(await prepared.secrets.read({ secretsManager: 'shop/probe', key })).toBe(value);
  });

  it('reads each secret once, also when several members are asked for at the same time', async () => {
    await using prepared = await prepare(({ operation }) =>
      operation === 'GetParameter'
        ? { body: { Parameter: { Value: 'p' } } }
        : secret('{"user":"u","password":"w"}'),
    );
    const { secrets } = prepared;

    const values = await Promise.all([
      secrets.read({ secretsManager: 'shop', key: 'user' }),
      secrets.read({ secretsManager: 'shop', key: 'password' }),
      secrets.read({ parameter: 'shop' }),
      secrets.read({ parameter: 'shop' }),
    ]);
    await secrets.read({ secretsManager: 'shop', key: 'user' });

    expect(values).toEqual(['u', 'w', 'p', 'p']);
    expect(
      prepared
        .requests()
        .map(([operation]) => operation)
        .toSorted(),
    ).toEqual(['GetParameter', 'GetSecretValue']);
  });

  it('asks again after a failure', async () => {
    let calls = 0;
    await using prepared = await prepare(() =>
      ++calls === 1 ? refusal('ResourceNotFoundException') : secret('there now'),
    );

    await refused(prepared.secrets.read({ secretsManager: 'shop' }));

    expect(await prepared.secrets.read({ secretsManager: 'shop' })).toBe('there now');
  });

  it.each<[string, Parameters<Secrets['read']>[0], ScriptedAnswer, string, string]>([
    [
      'a secret that is not there',
      { secretsManager: 'shop/none' },
      refusal('ResourceNotFoundException'),
      'ResourceNotFoundError',
      'secretsmanager:GetSecretValue found no "shop/none" in this account and region: create it, or mend the name in the configuration',
    ],
    [
      'a secret marked for deletion',
      { secretsManager: 'shop/old' },
      refusal('InvalidRequestException', 'marked for deletion'),
      'ResourceNotFoundError',
      'secretsmanager:GetSecretValue on shop/old was refused: InvalidRequestException: marked for deletion; if it is marked for deletion, restore it, or name another secret',
    ],
    [
      'a parameter that is not there',
      { parameter: '/shop/none' },
      refusal('ParameterNotFound'),
      'ResourceNotFoundError',
      'ssm:GetParameter found no "/shop/none" in this account and region: create it, or mend the name in the configuration',
    ],
    [
      'a version of a parameter that is not there',
      { parameter: '/shop/token:9' },
      refusal('ParameterVersionNotFound'),
      'ResourceNotFoundError',
      'ssm:GetParameter found no "/shop/token:9" in this account and region: create it, or mend the name in the configuration',
    ],
    [
      'a missing permission',
      { secretsManager: 'shop/probe' },
      refusal('AccessDeniedException', 'not authorized'),
      'PermissionDeniedError',
      "Not permitted to call secretsmanager:GetSecretValue on shop/probe, grant it to the function's role: AccessDeniedException: not authorized",
    ],
    [
      'a throttled call',
      { parameter: '/shop/token' },
      refusal('ThrottlingException', 'Rate exceeded'),
      'TransientAwsError',
      'ssm:GetParameter on /shop/token failed for now: ThrottlingException: Rate exceeded',
    ],
    [
      'a binary secret',
      { secretsManager: 'shop/key' },
      { body: { SecretBinary: Buffer.from('hidden').toString('base64') } },
      'InvalidConfigError',
      'Secret "shop/key" is binary and cannot be put into a request: store it as text, e.g. in base64',
    ],
    [
      'an empty secret',
      { secretsManager: 'shop/key' },
      secret(''),
      'InvalidConfigError',
      'Secret "shop/key" has no value, expected a text that is not empty',
    ],
    [
      'a member that is not there',
      { secretsManager: 'shop', key: 'constructor' },
      secret('{"token":"hidden"}'),
      'InvalidConfigError',
      'Secret "shop" has no member "constructor"',
    ],
    [
      'a member that is no text',
      { secretsManager: 'shop', key: 'token' },
      secret('{"token":["hidden"]}'),
      'InvalidConfigError',
      'Member "token" of secret "shop" is a list, expected a text',
    ],
    [
      'a member that is empty',
      { secretsManager: 'shop', key: 'token' },
      secret('{"token":"","other":"hidden"}'),
      'InvalidConfigError',
      'Member "token" of secret "shop" is empty, expected a text that is not',
    ],
    ...['hidden', '{"token": hidden}', '["hidden"]', 'null', '"hidden"'].map(
      (text): [string, Parameters<Secrets['read']>[0], ScriptedAnswer, string, string] => [
        `a member of ${text}`,
        { secretsManager: 'shop', key: 'token' },
        secret(text),
        'InvalidConfigError',
        'Secret "shop" is not a JSON object, but its member "token" is asked for: leave "key" out to use the whole text',
      ],
    ),
  ])('refuses %s and quotes nothing of any value', async (_, reference, answer, name, message) => {
    await using prepared = await prepare(() => answer);

    const { error, everything } = await refused(prepared.secrets.read(reference));

    expect(error).toMatchObject({ name, message });
    expect(everything).not.toContain('hidden');
  });

  it('gives up when its signal aborts', async () => {
    const abort = new AbortController();
    abort.abort();
    await using prepared = await prepare(() => secret('late'), abort.signal);

    const { error } = await refused(prepared.secrets.read({ secretsManager: 'shop' }));

    expect(error.name).toBe('DeadlineExceededError');
  });
});
