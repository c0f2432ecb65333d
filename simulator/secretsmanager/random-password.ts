import type { Random } from '../core/random.ts';
import { invalidParameter } from './secret-errors.ts';

/** As GetRandomPassword and GenerateSecretString spell it. */
export interface PasswordRules {
  readonly PasswordLength?: number | undefined;
  readonly ExcludeCharacters?: string | undefined;
  readonly ExcludeNumbers?: boolean | undefined;
  readonly ExcludePunctuation?: boolean | undefined;
  readonly ExcludeUppercase?: boolean | undefined;
  readonly ExcludeLowercase?: boolean | undefined;
  readonly IncludeSpace?: boolean | undefined;
  readonly RequireEachIncludedType?: boolean | undefined;
}

const lowercase = 'abcdefghijklmnopqrstuvwxyz';
const punctuation = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

/** A password of 32 characters with at least one of each kind, unless the rules say otherwise. */
export function randomPassword(rules: PasswordRules, random: Random): string {
  const { PasswordLength = 32, ExcludeCharacters = '', RequireEachIncludedType = true } = rules;
  const kinds = [
    rules.ExcludeLowercase ? '' : lowercase,
    rules.ExcludeUppercase ? '' : lowercase.toUpperCase(),
    rules.ExcludeNumbers ? '' : '0123456789',
    rules.ExcludePunctuation ? '' : punctuation,
    rules.IncludeSpace ? ' ' : '',
  ]
    .map((kind) => [...kind].filter((each) => !ExcludeCharacters.includes(each)).join(''))
    .filter((kind) => kind !== '');
  if (kinds.length === 0) {
    throw invalidParameter('The rules exclude every character that a password could have.');
  }
  if (PasswordLength < Math.max(1, RequireEachIncludedType ? kinds.length : 1)) {
    throw invalidParameter('PasswordLength is less than the number of required character types.');
  }
  if (PasswordLength > 4_096) throw invalidParameter('PasswordLength is at most 4096.');
  const required = RequireEachIncludedType ? kinds.map((kind) => random.text(1, kind)) : [];
  const rest = random.text(PasswordLength - required.length, kinds.join(''));
  return shuffled([...required, ...rest], random).join('');
}

function shuffled(items: string[], random: Random): string[] {
  const pool = [...items];
  return items.map(() => pool.splice(random.below(pool.length), 1)[0] ?? '');
}
