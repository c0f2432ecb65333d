import type { BodyExpectation, HeaderExpectation } from '../config/expectation-schemas.ts';

/** Every kind of expectation about a text; `exists` and bytes are for those that have them. */
export type AnyTextExpectation = HeaderExpectation | BodyExpectation;

/** Words for an expectation about a text, e.g. `to contain "shop"`. */
export function describeTextExpectation(expectation: AnyTextExpectation): string {
  if (typeof expectation === 'string') {
    return `to be ${JSON.stringify(expectation)}`;
  }
  const { equals, contains, notContains, matches } = expectation;
  const parts = [
    equals === undefined ? [] : `be ${JSON.stringify(equals)}`,
    contains === undefined ? [] : `contain ${JSON.stringify(contains)}`,
    notContains === undefined ? [] : `not contain ${JSON.stringify(notContains)}`,
    matches === undefined ? [] : `match /${matches}/`,
  ].flat();
  return parts.length === 0 ? 'to be there' : `to ${parts.join(' and ')}`;
}

/** Whether a text meets the expectation; all parts that are given must hold. */
export function meetsTextExpectation(expectation: AnyTextExpectation, text: string): boolean {
  if (typeof expectation === 'string') {
    return text === expectation;
  }
  const { equals, contains, notContains, matches } = expectation;
  return (
    (equals === undefined || text === equals) &&
    (contains === undefined || text.includes(contains)) &&
    (notContains === undefined || !text.includes(notContains)) &&
    // Stryker disable next-line ConditionalExpression: the pattern of undefined is empty and matches any text
    (matches === undefined || new RegExp(matches, 'u').test(text))
  );
}
