import type { ProbeRequest, ProbeResponse } from '../ports/probe-transport.ts';
import type { CheckResult } from './check-result.ts';

/** Judges whether production answers at all after a rollback: anything but a 5xx or silence. */
export function judgeProductionAnswer(
  request: Pick<ProbeRequest, 'method' | 'url'>,
  response: ProbeResponse,
): CheckResult {
  const name = 'production answers';
  const expected = 'a status below 500 from production';
  const observed =
    response.kind === 'response' ? `status ${response.status}` : `no response (${response.reason})`;
  const answers = response.kind === 'response' && response.status < 500;
  return {
    name,
    type: 'http',
    verdict: answers ? 'pass' : 'fail',
    sentence: `${request.method} ${request.url}: expected ${expected}, got ${observed}`,
    expected,
    observed,
    samples: 1,
    evidence: [{ kind: 'state', subject: request.url, state: observed }],
  };
}
