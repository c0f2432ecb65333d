import type { ProbeResponse } from '../ports/probe-transport.ts';
import { cookiesOf, setCookieHeaders } from '../probe/cookies.ts';
import { hideCredentials, sensitiveName } from '../probe/hide-credentials.ts';
import type { ResponseOutline } from '../probe/response-outline.ts';
import type { AnswerContext } from './answer-context.ts';
import type { Evidence } from './check-result.ts';
import { shown } from './cookie-expectation.ts';
import type { Answer } from './http-expectations.ts';
import type { Miss } from './miss.ts';

/** Offending answers that are kept; the histogram speaks for the rest. */
export const maxResponses = 3;
const maxBodyCharacters = 300;
const maxHeaderCharacters = 200;

const harmless = new Set(['www-authenticate']);

/** Whether a header's value may let somebody in, whatever the service calls it. */
export function isSensitiveHeader(name: string): boolean {
  return sensitiveName.test(name) && !harmless.has(name.toLowerCase());
}

/** How many answers had which status; `none` counts requests without an answer. */
export function statusEvidence(responses: readonly ResponseOutline[]): Evidence[] {
  const counts: Record<string, number> = {};
  for (const { status } of responses) {
    const key = String(status ?? 'none');
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return responses.length === 0 ? [] : [{ kind: 'statuses', counts }];
}

/** One answer, with its headers and the beginning of its body, fit to be kept and shown. */
export function responseEvidence(
  request: string,
  response: ProbeResponse,
  misses: readonly Miss[],
  context: AnswerContext,
): Evidence {
  const { mask } = context;
  const { durationMs } = response;
  if (response.kind === 'no-response') {
    return { kind: 'no-response', request, reason: mask(response.reason), durationMs };
  }
  return {
    kind: 'response',
    request,
    status: response.status,
    headers: shownHeaders(response, context),
    body: withoutTokens(mask(response.body)).slice(0, maxBodyCharacters),
    durationMs,
    missed: misses.map(({ expected, observed }) => `expected ${expected}, got ${observed}`),
  };
}

/** A login that answers in another way than expected shows its token under another name; nobody captured it. */
const sensitiveMember =
  /("[^"\\]{0,40}(?:auth|token|secret|cookie|session|csrf|api-?_?key|passw|credential|signature)[^"\\]{0,40}"\s*:\s*")(?!\$\{)(?:[^"\\]|\\.)*("?)/gi;

function withoutTokens(body: string): string {
  // A value may go on behind what is shown, so more is looked at.
  return hideCredentials(
    body.slice(0, 4 * maxBodyCharacters).replace(sensitiveMember, '$1(hidden)$2'),
  );
}

function shownHeaders(answer: Answer, { mask, nowMs }: AnswerContext): Record<string, string> {
  return Object.fromEntries(
    Object.entries(answer.headers).map(([name, value]) => {
      if (name === 'set-cookie') return [name, shownCookies(answer, mask, nowMs)];
      const shown = isSensitiveHeader(name) ? '(hidden)' : hideCredentials(mask(value));
      return [mask(name), shown.slice(0, maxHeaderCharacters)];
    }),
  );
}

function shownCookies(answer: Answer, mask: AnswerContext['mask'], nowMs: number): string {
  const cookies = cookiesOf(answer, nowMs).map((cookie) => mask(shown(cookie)));
  const unreadable = setCookieHeaders(answer).length - cookies.length;
  return [...cookies, ...(unreadable > 0 ? ['(hidden)'] : [])].join(', ');
}
