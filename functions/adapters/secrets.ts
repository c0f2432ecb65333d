import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { InvalidConfigError, ResourceNotFoundError } from '../core/errors.ts';
import type { Secrets } from '../core/ports/secrets.ts';
import { awsErrorName, callAws } from './aws-errors.ts';
import { clientSettings } from './client-settings.ts';
import { once } from './once.ts';
import { secretMember } from './secret-member.ts';

export const secretsManagerClient = once(() => new SecretsManagerClient(clientSettings));
export const ssmClient = once(() => new SSMClient(clientSettings));

/**
 * Secrets Manager and SSM Parameter Store. Each secret is read once per reader, however many of its members are
 * asked for, so make one reader per invocation: a rotated secret is seen by the next. Errors name the secret and
 * never hold anything of its value.
 */
export function secretsReader(
  secretsManager: SecretsManagerClient,
  ssm: SSMClient,
  signal?: AbortSignal,
): Secrets {
  const options = signal === undefined ? {} : { abortSignal: signal };
  const reads = new Map<string, Promise<string>>();

  async function readSecret(id: string): Promise<string> {
    const { SecretString, SecretBinary } = await found(
      { action: 'secretsmanager:GetSecretValue', resource: id },
      () => secretsManager.send(new GetSecretValueCommand({ SecretId: id }), options),
    );
    if (SecretString === undefined && SecretBinary !== undefined) {
      throw new InvalidConfigError(
        `Secret "${id}" is binary and cannot be put into a request: store it as text, e.g. in base64`,
      );
    }
    return notEmpty(`Secret "${id}"`, SecretString);
  }

  async function readParameter(name: string): Promise<string> {
    const { Parameter } = await found({ action: 'ssm:GetParameter', resource: name }, () =>
      ssm.send(new GetParameterCommand({ Name: name, WithDecryption: true }), options),
    );
    return notEmpty(`Parameter "${name}"`, Parameter?.Value);
  }

  /** Failures are not kept: who judges anew reads anew. */
  function once(key: string, read: () => Promise<string>): Promise<string> {
    const known = reads.get(key);
    if (known !== undefined) return known;
    const reading = read().catch((error: unknown) => {
      reads.delete(key);
      throw error;
    });
    reads.set(key, reading);
    return reading;
  }

  return {
    async read(reference) {
      if ('parameter' in reference) {
        const { parameter } = reference;
        return once(`ssm ${parameter}`, () => readParameter(parameter));
      }
      const { secretsManager: id, key } = reference;
      const text = await once(`secretsmanager ${id}`, () => readSecret(id));
      return key === undefined ? text : secretMember(id, key, text);
    },
  };
}

const absent = ['ResourceNotFoundException', 'ParameterNotFound', 'ParameterVersionNotFound'];

async function found<T>(
  attempt: { readonly action: string; readonly resource: string },
  call: () => Promise<T>,
): Promise<T> {
  try {
    return await callAws(attempt, call);
  } catch (error) {
    const name = awsErrorName(error) ?? '';
    const { action, resource } = attempt;
    if (absent.includes(name)) {
      throw new ResourceNotFoundError(
        `${action} found no "${resource}" in this account and region: create it, or mend the name in the configuration`,
        { cause: error, details: attempt },
      );
    }
    // Secrets Manager answers so while a deleted secret waits out its recovery window.
    if (name === 'InvalidRequestException') {
      throw new ResourceNotFoundError(
        `${error instanceof Error ? error.message : action}; if it is marked for deletion, restore it, or name another secret`,
        { cause: error, details: attempt },
      );
    }
    throw error;
  }
}

/** An empty text would be masked everywhere and authorizes nothing. */
function notEmpty(what: string, text: string | undefined): string {
  if (text === undefined || text === '') {
    throw new InvalidConfigError(`${what} has no value, expected a text that is not empty`);
  }
  return text;
}
