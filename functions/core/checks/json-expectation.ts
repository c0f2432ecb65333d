import type { HttpCheckConfig } from '../config/schema.ts';
import type { Miss } from './http-expectations.ts';
import { readJsonPath } from './json-path.ts';

export type JsonExpectation = HttpCheckConfig['expect']['json'][string];

/**
 * What a JSON document misses of an expectation about one path; undefined when it is met. Everything but
 * `exists: false` needs the value to be there, an empty expectation included.
 */
export function judgeJsonExpectation(
  document: unknown,
  path: string,
  expectation: JsonExpectation,
): Miss | undefined {
  const value = readJsonPath(document, path);
  if (meets(value, expectation)) {
    return undefined;
  }
  const observed = value === undefined ? 'a body without it' : shortJson(value);
  return { expected: `${path} ${describe(expectation)}`, observed };
}

function meets(value: unknown, expectation: JsonExpectation): boolean {
  if (typeof expectation !== 'object' || expectation === null) {
    return value === expectation;
  }
  const { exists, equals, matches, atLeast, atMost } = expectation;
  if (exists === false) {
    return value === undefined;
  }
  return (
    value !== undefined &&
    (equals === undefined || value === equals) &&
    (matches === undefined ||
      (typeof value === 'string' && new RegExp(matches, 'u').test(value))) &&
    (atLeast === undefined || (typeof value === 'number' && value >= atLeast)) &&
    (atMost === undefined || (typeof value === 'number' && value <= atMost))
  );
}

function describe(expectation: JsonExpectation): string {
  if (typeof expectation !== 'object' || expectation === null) {
    return `to be ${JSON.stringify(expectation)}`;
  }
  const { exists, equals, matches, atLeast, atMost } = expectation;
  if (exists === false) {
    return 'not to exist';
  }
  const wanted = [
    equals === undefined ? [] : `be ${JSON.stringify(equals)}`,
    matches === undefined ? [] : `match /${matches}/`,
    atLeast === undefined ? [] : `be at least ${atLeast}`,
    atMost === undefined ? [] : `be at most ${atMost}`,
  ].flat();
  return `to ${wanted.length === 0 ? 'exist' : wanted.join(' and ')}`;
}

function shortJson(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
