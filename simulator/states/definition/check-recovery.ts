import { invalid, oneOf, required, unsupported } from './check-fields.ts';
import type { Diagnostic } from './diagnostic.ts';
import { isObject, type LocatedState } from './located-states.ts';
import { boundsProblem, type NumberBounds } from './state-fields.ts';

const known = {
  Retry: [
    'ErrorEquals',
    'IntervalSeconds',
    'MaxAttempts',
    'BackoffRate',
    'MaxDelaySeconds',
    'JitterStrategy',
    'Comment',
  ],
  Catch: ['ErrorEquals', 'Next', 'Assign', 'Output', 'ResultPath', 'Comment'],
};

const needed = { Retry: ['ErrorEquals'], Catch: ['ErrorEquals', 'Next'] };

/** Bounds of the Retrier's numbers (aws-facts 5.4; no interval at all is taken, as cdk-preflight measured). */
const bounds: Readonly<Record<string, NumberBounds>> = {
  IntervalSeconds: { min: 0, max: 99_999_999, integer: true },
  MaxAttempts: { min: 0, max: 99_999_999, integer: true },
  BackoffRate: { min: 1, max: Number.MAX_VALUE, integer: false },
  MaxDelaySeconds: { min: 1, max: 31_622_400, integer: true },
};

/** The rules for Retry and Catch, in AWS's words (rules pf-sfn-asl-retry-catch and -numeric-ranges of cdk-preflight). */
export function checkRecovery({ state, location }: LocatedState): Diagnostic[] {
  return (['Retry', 'Catch'] as const).flatMap((field) => {
    const entries = state[field];
    if (!Array.isArray(entries)) return [];
    return entries.flatMap((entry: unknown, index) => {
      const at = `${location}/${field}[${index}]`;
      if (!isObject(entry)) return [];
      const missing = needed[field].filter((name) => !(name in entry));
      return [
        ...Object.keys(entry)
          .filter((key) => !known[field].includes(key))
          .map((key) => unsupported(key, at)),
        ...(missing.length > 0 ? [required(missing, at)] : []),
        ...checkErrorEquals(entry.ErrorEquals, index === entries.length - 1, at),
        ...(field === 'Retry' ? checkRetrier(entry, at) : []),
      ];
    });
  });
}

function checkErrorEquals(names: unknown, last: boolean, at: string): Diagnostic[] {
  const location = `${at}/ErrorEquals`;
  if (names === undefined) return [];
  if (!Array.isArray(names) || names.length === 0) {
    return [invalid('Value cannot be empty', location)];
  }
  if (!names.includes('States.ALL') || (names.length === 1 && last)) return [];
  return [invalid('States.ALL must appear alone and at end of list', location)];
}

function checkRetrier(retrier: Readonly<Record<string, unknown>>, at: string): Diagnostic[] {
  const numbers = Object.entries(bounds).flatMap(([field, limits]) => {
    const value = retrier[field];
    const found = value === undefined ? undefined : boundsProblem(value, limits);
    return found === undefined ? [] : [invalid(found, `${at}/${field}`)];
  });
  const { IntervalSeconds: interval = 1, MaxDelaySeconds: longest, JitterStrategy } = retrier;
  if (typeof longest === 'number' && typeof interval === 'number' && longest <= interval) {
    const message = `MaxDelaySeconds (${longest}) must be greater than IntervalSeconds (${interval})`;
    numbers.push(invalid(message, `${at}/MaxDelaySeconds`));
  }
  if (JitterStrategy === undefined || JitterStrategy === 'FULL' || JitterStrategy === 'NONE') {
    return numbers;
  }
  return [...numbers, invalid(oneOf(['NONE', 'FULL']), `${at}/JitterStrategy`)];
}
