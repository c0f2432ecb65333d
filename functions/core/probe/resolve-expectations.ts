import type {
  AnswerExpectations,
  BodyExpectation,
  HeaderExpectation,
  JsonExpectation,
  TextExpectation,
} from '../config/expectation-schemas.ts';
import {
  escapeRegularExpression,
  expandJson,
  expandReferences,
  type ReferenceValues,
} from './references.ts';

/** Expectations about an answer with their references replaced; a JSON Schema is taken as it is. */
export function resolveAnswer<T extends AnswerExpectations>(expect: T, values: ReferenceValues): T {
  return {
    ...expect,
    headers: mapMembers(expect.headers, (header) => resolveText(header, values)),
    cookies: mapMembers(expect.cookies, (cookie) => ({
      ...cookie,
      ...(cookie.value === undefined ? {} : { value: resolveText(cookie.value, values) }),
    })),
    json: resolveJson(expect.json, values),
    ...(expect.body === undefined ? {} : { body: resolveText(expect.body, values) }),
    ...(expect.redirect === undefined ? {} : { redirect: resolveText(expect.redirect, values) }),
  };
}

/** An expectation about a text; within `matches` a value means itself, not a pattern. */
export function resolveText<T extends TextExpectation | HeaderExpectation | BodyExpectation>(
  expectation: T,
  values: ReferenceValues,
): T {
  if (typeof expectation === 'string') return expandReferences(expectation, values) as T;
  const { equals, contains, notContains, matches }: Exclude<TextExpectation, string> = expectation;
  const texts = Object.entries({ equals, contains, notContains }).flatMap(([name, text]) =>
    text === undefined ? [] : [[name, expandReferences(text, values)]],
  );
  return Object.assign({}, expectation, Object.fromEntries(texts), {
    ...(matches === undefined ? {} : { matches: expandPattern(matches, values) }),
  });
}

/** Expectations by JSON path. */
export function resolveJson(
  expectations: Readonly<Record<string, JsonExpectation>>,
  values: ReferenceValues,
): Record<string, JsonExpectation> {
  return mapMembers(expectations, (expectation) => {
    if (typeof expectation !== 'object' || expectation === null) {
      return typeof expectation === 'string' ? expandReferences(expectation, values) : expectation;
    }
    const { equals, notEquals, contains, matches } = expectation;
    const plain = Object.entries({ equals, notEquals, contains }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, expandJson(value, values)]],
    );
    return {
      ...expectation,
      ...Object.fromEntries(plain),
      ...(matches === undefined ? {} : { matches: expandPattern(matches, values) }),
    };
  });
}

function expandPattern(pattern: string, values: ReferenceValues): string {
  return expandReferences(pattern, values, escapeRegularExpression);
}

function mapMembers<T, U>(
  members: Readonly<Record<string, T>>,
  map: (member: T) => U,
): Record<string, U> {
  return Object.fromEntries(Object.entries(members).map(([name, member]) => [name, map(member)]));
}
