import type { HttpCheckConfig } from '../config/schema.ts';

export type TextExpectation = NonNullable<HttpCheckConfig['expect']['body']>;

/** Words for an expectation about a text, e.g. `to contain "shop"`. */
export function describeTextExpectation(expectation: TextExpectation): string {
  if (typeof expectation === 'string') {
    return `to be ${JSON.stringify(expectation)}`;
  }
  const parts = [
    expectation.equals === undefined ? [] : `be ${JSON.stringify(expectation.equals)}`,
    expectation.contains === undefined ? [] : `contain ${JSON.stringify(expectation.contains)}`,
    expectation.matches === undefined ? [] : `match /${expectation.matches}/`,
  ].flat();
  return parts.length === 0 ? 'to be there' : `to ${parts.join(' and ')}`;
}

/** Whether a text meets the expectation; all parts that are given must hold. */
export function meetsTextExpectation(expectation: TextExpectation, text: string): boolean {
  if (typeof expectation === 'string') {
    return text === expectation;
  }
  const { equals, contains, matches } = expectation;
  return (
    (equals === undefined || text === equals) &&
    (contains === undefined || text.includes(contains)) &&
    (matches === undefined || new RegExp(matches, 'u').test(text))
  );
}
