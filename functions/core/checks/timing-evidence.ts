import type { ProbeTimings } from '../ports/probe-transport.ts';
import type { ResponseOutline } from '../probe/response-outline.ts';
import { LatencyHistogram } from '../statistics/latency-histogram.ts';
import type { Evidence, PhaseSummary } from './check-result.ts';

/** Where the time of the requests went; nothing for a transport that does not measure it. */
export function timingEvidence(responses: readonly ResponseOutline[]): Evidence[] {
  const timings = responses.flatMap((response) => response.timings ?? []);
  if (timings.length === 0) return [];
  const phase = (name: keyof ProbeTimings) => summarize(timings.map((one) => one[name]));
  return [
    {
      kind: 'timings',
      requests: timings.length,
      dnsMs: phase('dnsMs'),
      connectMs: phase('connectMs'),
      tlsMs: phase('tlsMs'),
      firstByteMs: phase('firstByteMs'),
      totalMs: phase('totalMs'),
    },
  ];
}

function summarize(values: readonly number[]): PhaseSummary {
  const histogram = new LatencyHistogram();
  for (const value of values) histogram.record(Math.max(0, value));
  const at = (quantile: number) => Math.round((histogram.quantile(quantile) ?? 0) * 100) / 100;
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
}
