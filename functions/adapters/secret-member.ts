import { InvalidConfigError } from '../core/errors.ts';

/**
 * One member of a secret that is a JSON object, numbers and booleans as text. Throws InvalidConfigError that names
 * secret and member and quotes nothing of the text, not even through a cause: JSON.parse cites what it stumbles on.
 */
export function secretMember(secret: string, key: string, text: string): string {
  const member = memberOf(parseObject(secret, key, text), key);
  if (member === undefined) {
    throw new InvalidConfigError(`Secret "${secret}" has no member "${key}"`);
  }
  if (typeof member !== 'string' && typeof member !== 'number' && typeof member !== 'boolean') {
    throw new InvalidConfigError(
      `Member "${key}" of secret "${secret}" is ${kindOf(member)}, expected a text`,
    );
  }
  if (member === '') {
    throw new InvalidConfigError(
      `Member "${key}" of secret "${secret}" is empty, expected a text that is not`,
    );
  }
  return String(member);
}

function parseObject(secret: string, key: string, text: string): object {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    document = undefined;
  }
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    throw new InvalidConfigError(
      `Secret "${secret}" is not a JSON object, but its member "${key}" is asked for: leave "key" out to use the whole text`,
    );
  }
  return document;
}

function memberOf(document: object, key: string): unknown {
  return Object.entries(document).find(([name]) => name === key)?.[1];
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : 'an object';
}
