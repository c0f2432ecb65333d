import type { CheckResult } from '../checks/check-result.ts';
import type { ProbeRequest, ProbeResponse } from '../ports/probe-transport.ts';

/**
 * Whether production answers at all: at least half of the requests get a status below 500. Stricter bounds are what
 * checks are configured for; the service may have had errors before.
 */
export function judgeAnswers(
  { method, url }: Pick<ProbeRequest, 'method' | 'url'>,
  responses: readonly ProbeResponse[],
): CheckResult {
  const name = 'production answers';
  const expected = 'at least half of the answers from production to have a status below 500';
  const good = responses.filter((one) => one.kind === 'response' && one.status < 500).length;
  const observed = `${good} of ${responses.length}`;
  const passes = responses.length > 0 && good * 2 >= responses.length;
  return {
    name,
    type: 'http',
    verdict: responses.length === 0 ? 'inconclusive' : passes ? 'pass' : 'fail',
    sentence: `${method} ${url}: expected ${expected}, got ${observed}`,
    expected,
    observed,
    samples: responses.length,
    evidence: [{ kind: 'statuses', counts: statusCounts(responses) }],
  };
}

function statusCounts(responses: readonly ProbeResponse[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const one of responses) {
    const status = one.kind === 'response' ? String(one.status) : 'none';
    counts[status] = (counts[status] ?? 0) + 1;
  }
  return counts;
}
