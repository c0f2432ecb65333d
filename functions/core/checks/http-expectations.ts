import type { AnswerExpectations, HeaderExpectation } from '../config/expectation-schemas.ts';
import type { ProbeResponse } from '../ports/probe-transport.ts';
import type { Exchange } from '../probe/exchange.ts';
import type { AnswerContext } from './answer-context.ts';
import { missedBody } from './body-expectation.ts';
import { missedCertificate } from './certificate-expectation.ts';
import { missedCookies } from './cookie-expectation.ts';
import { missedJsonBody } from './json-body-expectation.ts';
import { type Miss, quoted } from './miss.ts';
import { missedRedirect, stuckRedirect } from './redirect-expectation.ts';
import { isSensitiveHeader } from './response-evidence.ts';
import { describeStatusExpectation, meetsStatusExpectation } from './status-expectation.ts';
import { describeTextExpectation, meetsTextExpectation } from './text-expectation.ts';

export type Answer = Extract<ProbeResponse, { readonly kind: 'response' }>;

/**
 * All expectations that one answer misses. A wrong status ends the list: headers and body of an error page
 * say nothing further about the release.
 */
export function missedExpectations(
  expect: AnswerExpectations,
  exchange: Exchange,
  context: AnswerContext,
): Miss[] {
  const { mask } = context;
  const { response } = exchange;
  const expectedStatus = `status ${describeStatusExpectation(expect.status)}`;
  if (response.kind === 'no-response') {
    return [{ expected: expectedStatus, observed: `no response (${mask(response.reason)})` }];
  }
  const stuck = stuckRedirect(exchange, mask);
  if (stuck !== undefined) return [stuck];
  if (!meetsStatusExpectation(expect.status, response.status)) {
    return [{ expected: expectedStatus, observed: shownStatus(response.status) }];
  }
  return [
    ...missedRedirect(expect.redirect, exchange, mask),
    ...missedHeaders(expect.headers, response.headers, mask),
    ...missedCookies(expect.cookies, response, context),
    ...missedJsonBody(expect, response, mask),
    ...missedBody(expect.body, response, mask),
    ...missedProtocol(expect.protocol, response),
    ...missedCertificate(expect.certificate, response, context),
  ];
}

/** A load balancer's own status that says nothing to who meets it first. */
function shownStatus(status: number): string {
  return status === 464
    ? 'status 464 (from the load balancer: the protocol version of its target group does not take this request)'
    : `status ${status}`;
}

function missedHeaders(
  expectations: Readonly<Record<string, HeaderExpectation>>,
  headers: Readonly<Record<string, string>>,
  mask: AnswerContext['mask'],
): Miss[] {
  return Object.entries(expectations).flatMap(([name, expectation]) => {
    const value = headers[name.toLowerCase()];
    // Stryker disable next-line ConditionalExpression: a string has no member `exists` either
    if (typeof expectation === 'object' && expectation.exists === false) {
      if (value === undefined) return [];
      return [{ expected: `no header ${name}`, observed: shownValue(name, value, mask) }];
    }
    if (value !== undefined && meetsTextExpectation(expectation, value)) {
      return [];
    }
    const observed = value === undefined ? 'a response without it' : shownValue(name, value, mask);
    return [{ expected: mask(`header ${name} ${describeTextExpectation(expectation)}`), observed }];
  });
}

/** The value of a header that may let somebody in is nobody's to read. */
function shownValue(name: string, value: string, mask: AnswerContext['mask']): string {
  return isSensitiveHeader(name) ? `${value.length} characters (hidden)` : quoted(value, mask);
}

function missedProtocol(expected: AnswerExpectations['protocol'], answer: Answer): Miss[] {
  const { protocol = 'http/1.1' } = answer;
  if (expected === undefined || protocol === expected) return [];
  return [{ expected: `protocol ${expected}`, observed: protocol }];
}
