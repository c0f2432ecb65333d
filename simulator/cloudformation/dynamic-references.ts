import type { World } from '../core/world.ts';
import { Unresolved } from './unresolved.ts';

const reference = /\{\{resolve:(ssm|secretsmanager):([^}]+)\}\}/g;

/** Whether a text holds a dynamic reference of a kind that is not modelled, such as `ssm-secure`. */
export function unmodelledDynamicReference(text: string): string | undefined {
  return /\{\{resolve:[^}]*\}\}/.exec(text.replaceAll(reference, ''))?.[0];
}

/**
 * Replaces `{{resolve:ssm:NAME:VERSION}}` and
 * `{{resolve:secretsmanager:ID:SecretString:JSON-KEY:STAGE:VERSION}}` by what they name.
 */
export function resolveDynamicReferences(world: World, value: unknown): unknown {
  if (typeof value === 'string') {
    return value.replaceAll(reference, (_whole, service: string, name: string) =>
      service === 'ssm' ? parameter(world, name) : secret(world, name),
    );
  }
  if (Array.isArray(value)) return value.map((item) => resolveDynamicReferences(world, item));
  if (typeof value !== 'object' || value === null || value instanceof Unresolved) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, resolveDynamicReferences(world, item)]),
  );
}

function parameter(world: World, name: string): string {
  const value = world.services.ssm.parameterValue(name);
  if (value === undefined) {
    throw new Error(`Parameters: [ssm:${name}] cannot be found.`);
  }
  return value;
}

function secret(world: World, text: string): string {
  const isArn = text.startsWith('arn:');
  const parts = text.split(':');
  const secretId = isArn ? parts.slice(0, 7).join(':') : (parts[0] ?? '');
  const [, key, stage, version] = parts.slice(isArn ? 7 : 1);
  const value = world.services.secretsmanager.secretString({
    secretId,
    ...(stage && { versionStage: stage }),
    ...(version && { versionId: version }),
  });
  if (!key) return value;
  const found: unknown = (JSON.parse(value) as Record<string, unknown>)[key];
  if (found === undefined) {
    throw new Error(`Could not find a value associated with JSONKey in SecretString`);
  }
  return String(found);
}
