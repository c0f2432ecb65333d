import type { HttpCheckConfig } from '../config/schema.ts';
import type { ProbeResponse } from '../ports/probe-transport.ts';
import { judgeJsonExpectation } from './json-expectation.ts';
import { describeStatusExpectation, meetsStatusExpectation } from './status-expectation.ts';
import { describeTextExpectation, meetsTextExpectation } from './text-expectation.ts';

/** An expectation that one answer missed; both read on after `expected` and `got`. */
export interface Miss {
  readonly expected: string;
  readonly observed: string;
}

/**
 * All expectations that one answer misses. A wrong status ends the list: headers and body of an error page
 * say nothing further about the release.
 */
export function missedExpectations(check: HttpCheckConfig, response: ProbeResponse): Miss[] {
  const { expect } = check;
  const expectedStatus = `status ${describeStatusExpectation(expect.status)}`;
  if (response.kind === 'no-response') {
    return [{ expected: expectedStatus, observed: `no response (${response.reason})` }];
  }
  if (!meetsStatusExpectation(expect.status, response.status)) {
    return [{ expected: expectedStatus, observed: `status ${response.status}` }];
  }
  return [
    ...missedHeaders(expect.headers, response.headers),
    ...missedJson(expect.json, response.body),
    ...missedBody(expect.body, response.body),
  ];
}

function missedHeaders(
  expectations: HttpCheckConfig['expect']['headers'],
  headers: Readonly<Record<string, string>>,
): Miss[] {
  return Object.entries(expectations).flatMap(([name, expectation]) => {
    const value = headers[name.toLowerCase()];
    if (value !== undefined && meetsTextExpectation(expectation, value)) {
      return [];
    }
    const observed = value === undefined ? 'a response without it' : quoted(value);
    return [{ expected: `header ${name} ${describeTextExpectation(expectation)}`, observed }];
  });
}

function missedJson(expectations: HttpCheckConfig['expect']['json'], body: string): Miss[] {
  const paths = Object.entries(expectations);
  if (paths.length === 0) {
    return [];
  }
  let document: unknown;
  try {
    document = JSON.parse(body);
  } catch {
    return [{ expected: 'a JSON body', observed: body === '' ? 'an empty one' : quoted(body) }];
  }
  return paths.flatMap(
    ([path, expectation]) => judgeJsonExpectation(document, path, expectation) ?? [],
  );
}

function missedBody(expectation: HttpCheckConfig['expect']['body'], body: string): Miss[] {
  return expectation === undefined || meetsTextExpectation(expectation, body)
    ? []
    : [{ expected: `body ${describeTextExpectation(expectation)}`, observed: quoted(body) }];
}

/** Long enough to recognise, short enough for a sentence. */
function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
