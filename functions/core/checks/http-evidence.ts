import type { Evidence } from './check-result.ts';
import type { JudgedSample } from './http-check.ts';

/** Offending answers that are kept; the histogram speaks for the rest. */
const maxResponses = 3;
const maxBodyCharacters = 300;

/** Headers that tell who answered and what; others may carry cookies or tokens and are left out. */
const keptHeaders = ['content-type', 'content-length', 'server', 'retry-after', 'location'];

/** Histogram of statuses and the first few offending answers, small enough to travel in an error's cause. */
export function collectHttpEvidence(judged: readonly JudgedSample[]): Evidence[] {
  const counts: Record<string, number> = {};
  for (const { sample } of judged) {
    const key = sample.response.kind === 'response' ? String(sample.response.status) : 'none';
    counts[key] = (counts[key] ?? 0) + 1;
  }
  const offending = judged.filter(({ misses }) => misses.length > 0);
  return [
    ...(judged.length === 0 ? [] : [{ kind: 'statuses' as const, counts }]),
    ...offending.slice(0, maxResponses).map(evidenceOf),
  ];
}

function evidenceOf({ sample, misses }: JudgedSample): Evidence {
  const { response } = sample;
  if (response.kind === 'no-response') {
    return response;
  }
  return {
    kind: 'response',
    status: response.status,
    headers: Object.fromEntries(
      Object.entries(response.headers).filter(([name]) => keptHeaders.includes(name)),
    ),
    body: response.body.slice(0, maxBodyCharacters),
    durationMs: response.durationMs,
    missed: misses.map(({ expected, observed }) => `expected ${expected}, got ${observed}`),
  };
}
