import type { ProbeRequest, ProbeResponse } from '../ports/probe-transport.ts';
import type { CheckResult } from './check-result.ts';

/** Judges whether production answers after a rollback, each time: anything but a 5xx or silence. */
export function judgeProductionAnswers(
  request: Pick<ProbeRequest, 'method' | 'url'>,
  responses: readonly ProbeResponse[],
): CheckResult {
  const name = 'production answers';
  const expected = 'a status below 500 from production';
  const bad = responses.find((one) => one.kind !== 'response' || one.status >= 500);
  const shown = bad ?? responses.at(-1);
  const observed = shown === undefined ? 'no answer' : describe(shown);
  return {
    name,
    type: 'http',
    verdict: responses.length > 0 && bad === undefined ? 'pass' : 'fail',
    sentence: `${request.method} ${request.url}: expected ${expected}, got ${observed}`,
    expected,
    observed,
    samples: responses.length,
    evidence: [{ kind: 'state', subject: request.url, state: responses.map(describe).join(', ') }],
  };
}

function describe(response: ProbeResponse): string {
  return response.kind === 'response'
    ? `status ${response.status}`
    : `no response (${response.reason})`;
}
