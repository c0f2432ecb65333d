import type { CookieExpectation } from '../config/expectation-schemas.ts';
import { cookiesOf, type SetCookie } from '../probe/cookies.ts';
import type { AnswerContext } from './answer-context.ts';
import type { Answer } from './http-expectations.ts';
import type { Miss } from './miss.ts';
import { describeTextExpectation, meetsTextExpectation } from './text-expectation.ts';

/** What is missed of the cookies that an answer sets. Values of cookies are never shown. */
export function missedCookies(
  expectations: Readonly<Record<string, CookieExpectation>>,
  answer: Answer,
  { mask, nowMs }: AnswerContext,
): Miss[] {
  const cookies = cookiesOf(answer, nowMs);
  return Object.entries(expectations).flatMap(([name, expectation]) => {
    // Of several with one name and path, clients keep the last (RFC 6265 section 5.3).
    const cookie = cookies.findLast((one) => one.name === name);
    if (expectation.exists === false) {
      const expected = `no cookie ${name}`;
      return cookie === undefined ? [] : [{ expected, observed: mask(shown(cookie)) }];
    }
    if (cookie === undefined) {
      return [{ expected: `cookie ${name}`, observed: 'a response that does not set it' }];
    }
    return missedOf(cookie, expectation).map((words) => ({
      expected: mask(`cookie ${name} ${words}`),
      observed: mask(shown(cookie)),
    }));
  });
}

function missedOf(cookie: SetCookie, expectation: CookieExpectation): string[] {
  const { secure, httpOnly, sameSite, value } = expectation;
  const flag = (word: string, wanted: boolean | undefined, is: boolean) =>
    wanted === undefined || wanted === is ? [] : [wanted ? `with ${word}` : `without ${word}`];
  return [
    ...flag('Secure', secure, cookie.secure),
    ...flag('HttpOnly', httpOnly, cookie.httpOnly),
    ...(sameSite === undefined || sameSite === cookie.sameSite
      ? []
      : [`with SameSite=${sameSite}`]),
    ...(value === undefined || meetsTextExpectation(value, cookie.value)
      ? []
      : [`with a value ${describeTextExpectation(value)}`]),
  ];
}

/** A cookie without its value, which may be a session. */
export function shown({ name, value, attributes }: SetCookie): string {
  const size = `(${value.length} characters)`;
  return [`${name}=${size}`, attributes].filter((part) => part !== '').join('; ');
}
