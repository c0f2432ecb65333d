import type { Filter } from '@aws-sdk/client-secrets-manager';
import type { Secret } from './secret.ts';
import { invalidParameter } from './secret-errors.ts';

/** Filters of ListSecrets: prefixes, a leading `!` excludes; values of one filter are alternatives. */
export function secretFilter(filters: readonly Filter[] = []): (secret: Secret) => boolean {
  const tests = filters.map(({ Key, Values = [] }) => {
    const texts = attribute(Key ?? '');
    return (secret: Secret) => Values.some((value) => matches(texts(secret), value));
  });
  return (secret) => tests.every((test) => test(secret));
}

function matches(texts: readonly string[], value: string): boolean {
  if (value.startsWith('!')) return !matches(texts, value.slice(1));
  return texts.some((text) => text.startsWith(value));
}

function attribute(key: string): (secret: Secret) => readonly string[] {
  switch (key) {
    case 'name':
      return ({ name }) => [name];
    case 'description':
      return ({ description }) => (description === undefined ? [] : [description]);
    case 'tag-key':
      return ({ tags }) => [...tags.keys()];
    case 'tag-value':
      return ({ tags }) => [...tags.values()];
    case 'all':
      return ({ name, description = '', tags }) => [
        name,
        description,
        ...tags.keys(),
        ...tags.values(),
      ];
    default:
      throw invalidParameter(
        `Filter ${key} is not one of name, description, tag-key, tag-value, all, or is not simulated`,
      );
  }
}
