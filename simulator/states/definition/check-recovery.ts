import { type Diagnostic, problem } from './diagnostic.ts';
import { isObject, type LocatedState } from './located-states.ts';

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

/** Bounds of the Retrier's numbers (aws-facts 5.4; the rest from the States Language). */
const bounds: Readonly<Record<string, { min: number; max: number; integer: boolean }>> = {
  IntervalSeconds: { min: 1, max: 99_999_999, integer: true },
  MaxAttempts: { min: 0, max: 99_999_999, integer: true },
  BackoffRate: { min: 1, max: Number.MAX_VALUE, integer: false },
  MaxDelaySeconds: { min: 1, max: 31_622_400, integer: true },
};

/** The rules for Retry and Catch that the schema of asl-validator does not know. */
export function checkRecovery({ state, location }: LocatedState): Diagnostic[] {
  return (['Retry', 'Catch'] as const).flatMap((field) => {
    const entries = state[field];
    if (!Array.isArray(entries)) return [];
    return entries.flatMap((entry: unknown, index) => {
      const at = `${location}/${field}[${index}]`;
      if (!isObject(entry)) return [];
      return [
        ...checkKeys(entry, known[field], at),
        ...checkErrorEquals(entry.ErrorEquals, index === entries.length - 1, at),
        ...(field === 'Retry' ? checkRetrier(entry, at) : []),
      ];
    });
  });
}

function checkKeys(entry: object, allowed: readonly string[], at: string): Diagnostic[] {
  return Object.keys(entry)
    .filter((key) => !allowed.includes(key))
    .map((key) => invalid(`Field '${key}' is not supported`, `${at}/${key}`));
}

function checkErrorEquals(names: unknown, last: boolean, at: string): Diagnostic[] {
  if (!Array.isArray(names) || names.length === 0) {
    return [invalid('ErrorEquals must be a non-empty list of error names', `${at}/ErrorEquals`)];
  }
  if (!names.includes('States.ALL') || (names.length === 1 && last)) return [];
  return [
    invalid(
      'States.ALL must be the only error of its entry, and its entry the last one',
      `${at}/ErrorEquals`,
    ),
  ];
}

function checkRetrier(retrier: Readonly<Record<string, unknown>>, at: string): Diagnostic[] {
  const numbers = Object.entries(bounds).flatMap(([field, { min, max, integer }]) => {
    const value = retrier[field];
    if (value === undefined) return [];
    const fits = typeof value === 'number' && value >= min && value <= max;
    if (fits && (!integer || Number.isInteger(value))) return [];
    const kind = integer ? 'an integer' : 'a number';
    return [invalid(`${field} must be ${kind} from ${min} to ${max}`, `${at}/${field}`)];
  });
  const { IntervalSeconds: interval = 1, MaxDelaySeconds: longest, JitterStrategy } = retrier;
  if (typeof longest === 'number' && typeof interval === 'number' && longest <= interval) {
    const message = `MaxDelaySeconds (${longest}) must be greater than IntervalSeconds (${interval})`;
    numbers.push(invalid(message, `${at}/MaxDelaySeconds`));
  }
  if (JitterStrategy === undefined || JitterStrategy === 'FULL' || JitterStrategy === 'NONE') {
    return numbers;
  }
  return [...numbers, invalid('JitterStrategy must be FULL or NONE', `${at}/JitterStrategy`)];
}

function invalid(message: string, location: string): Diagnostic {
  return problem('SCHEMA_VALIDATION_FAILED', message, location);
}
