import type { CheckResult, Evidence } from '../checks/check-result.ts';
import type { ComparisonResult } from './comparison-result.ts';
import type { ComparisonSettings } from './comparison-settings.ts';
import { explainComparison } from './explain-comparison.ts';
import type { StreamResult } from './stream-result.ts';

/** A comparison as the result of a check; `offending` are answers of the replacement that were errors. */
export function comparisonCheck(
  name: string,
  result: ComparisonResult,
  settings: ComparisonSettings,
  offending: readonly Evidence[],
): CheckResult {
  const { expected, observed } = explainComparison(result, settings);
  return {
    name,
    type: 'compare',
    verdict: result.verdict,
    sentence:
      result.verdict === 'pass'
        ? `${name}: no worse than the original: ${observed}`
        : `${name}: expected ${expected}, got ${observed}`,
    expected,
    observed,
    samples: result.pairs,
    evidence: [...result.streams.map((stream) => evidenceOf(stream, result)), ...offending],
  };
}

function evidenceOf(stream: StreamResult, result: ComparisonResult): Evidence {
  return {
    kind: 'comparison',
    path: stream.path ?? null,
    metric: stream.metric,
    original: finite(stream.original),
    replacement: finite(stream.replacement),
    effect: finite(stream.effect),
    interval: [finite(stream.interval.low), finite(stream.interval.high)],
    verdict: stream.verdict,
    pairs: stream.pairs,
    warmUpPairs: result.warmUpPairs,
    stopped: result.stopped,
  };
}

/** JSON has no infinity. */
function finite(value: number | undefined): number | null {
  return value === undefined || !Number.isFinite(value) ? null : value;
}
