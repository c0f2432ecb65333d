import { isStackOverflow, jsonNestsDeeperThan } from '../../core/json-nesting.ts';
import { StatesError } from './states-error.ts';

/** State input and output, execution input, in UTF-8 bytes (aws-facts 5.2). */
export const dataLimitBytes = 262_144;

export function exceedsDataLimit(text: string): boolean {
  return Buffer.byteLength(text, 'utf8') > dataLimitBytes;
}

/** Deepest nesting of definitions and data; what Jackson, Java's reader of JSON, takes when nothing else is said. */
export const mostLevels = 1_000;
export const tooDeep = `nested more than ${mostLevels} levels deep`;

export function nestsTooDeeply(text: string): boolean {
  return jsonNestsDeeperThan(text, mostLevels);
}

/**
 * JSON text of a state's data; throws States.DataLimitExceeded when AWS would not carry it, States.Runtime when it nests
 * too deeply.
 */
export function dataText(subject: string, value: unknown): string {
  const text = jsonText(subject, value);
  if (exceedsDataLimit(text)) {
    throw new StatesError(
      'States.DataLimitExceeded',
      `${subject} has a size exceeding the maximum number of bytes service limit (${dataLimitBytes})`,
    );
  }
  return text;
}

function jsonText(subject: string, value: unknown): string {
  try {
    const text = JSON.stringify(value);
    // Nothing has no text, and nests nothing.
    if (text === undefined || !nestsTooDeeply(text)) return text;
  } catch (error) {
    if (!isStackOverflow(error)) throw error;
  }
  throw new StatesError('States.Runtime', `${subject} is ${tooDeep}`);
}
