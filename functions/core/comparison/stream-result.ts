import { anytimeShareInterval, differenceInterval } from '../statistics/anytime-intervals.ts';
import type { LatencyHistogram } from '../statistics/latency-histogram.ts';
import type { Interval } from '../statistics/share-interval.ts';
import type { ComparisonSettings } from './comparison-settings.ts';
import {
  allowsPass,
  type ComparedMetric,
  type ComparedStream,
  provesWorse,
} from './comparison-streams.ts';
import { ErrorStream } from './error-stream.ts';
import type { LatencyStream } from './latency-stream.ts';

/** Of the intervals that are reported; they hold at whatever pair the comparison stopped. */
export const confidence = 0.95;

/** What is known about one metric of one path, or of all paths together (path undefined). */
export interface StreamResult {
  readonly path: string | undefined;
  readonly metric: ComparedMetric;
  readonly verdict: 'worse' | 'alike' | 'open';
  /** Error share, or latency quantile in milliseconds (Infinity when it falls on requests without an answer). */
  readonly original: number;
  readonly replacement: number;
  /** Difference of the error shares, or ratio of the latency quantiles; undefined before the first pair. */
  readonly effect: number | undefined;
  readonly interval: Interval;
  readonly pairs: number;
}

/** The result of one stream as it stands. */
export function streamResult(stream: ComparedStream, settings: ComparisonSettings): StreamResult {
  const { evidence, metric } = stream;
  const path = stream.path === undefined ? undefined : settings.paths[stream.path]?.name;
  const verdict = provesWorse(stream) ? 'worse' : allowsPass(stream) ? 'alike' : 'open';
  const common = { path, metric, verdict, pairs: evidence.pairs } as const;
  return evidence instanceof ErrorStream
    ? { ...common, ...errorEffect(evidence) }
    : { ...common, ...latencyEffect(evidence, settings.latency?.quantile ?? 1) };
}

type Effect = Pick<StreamResult, 'original' | 'replacement' | 'effect' | 'interval'>;

function errorEffect(evidence: ErrorStream): Effect {
  const { pairs, errors, differences } = evidence;
  return {
    original: pairs === 0 ? 0 : errors.original / pairs,
    replacement: pairs === 0 ? 0 : errors.replacement / pairs,
    effect: pairs === 0 ? undefined : (differences.plus - differences.minus) / pairs,
    interval: differenceInterval(differences, confidence),
  };
}

function latencyEffect(evidence: LatencyStream, quantile: number): Effect {
  const original = evidence.original.quantile(quantile) ?? 0;
  const replacement = evidence.replacement.quantile(quantile) ?? 0;
  return {
    original,
    replacement,
    effect: evidence.pairs === 0 ? undefined : ratio(replacement, original),
    interval: ratioInterval(evidence, quantile),
  };
}

/** Each quantile lies in its interval with half of the error that is allowed, so the ratio does with all of it. */
function ratioInterval({ original, replacement }: LatencyStream, quantile: number): Interval {
  const below = quantileInterval(original, quantile);
  const above = quantileInterval(replacement, quantile);
  return { low: ratio(above.low, below.high), high: ratio(above.high, below.low) };
}

/**
 * The latencies whose rank does not contradict the quantile: the share of answers up to the true quantile is
 * the quantile, so ranks that no such share explains are excluded. Source: Howard and Ramdas 2022, section 3.
 */
function quantileInterval(histogram: LatencyHistogram, quantile: number): Interval {
  const { count } = histogram;
  const explains = (rank: number) => {
    const { low, high } = anytimeShareInterval(rank, count, 1 - (1 - confidence) / 2);
    return low <= quantile && quantile <= high;
  };
  const middle = Math.round(quantile * count);
  const lowest = boundaryRank(middle, 0, explains);
  const highest = boundaryRank(middle, count, explains);
  return {
    low: lowest === 0 ? 0 : (histogram.quantile(lowest / count) ?? 0),
    high:
      highest === count
        ? Number.POSITIVE_INFINITY
        : (histogram.quantile((highest + 1) / count) ?? 0),
  };
}

/** The rank nearest to `end` that still explains the quantile. */
function boundaryRank(middle: number, end: number, explains: (rank: number) => boolean): number {
  let within = middle;
  let beyond = end;
  if (explains(end)) return end;
  while (Math.abs(beyond - within) > 1) {
    const next = Math.round((within + beyond) / 2);
    if (explains(next)) within = next;
    else beyond = next;
  }
  return within;
}

function ratio(upper: number, lower: number): number {
  return upper === lower ? 1 : upper / lower;
}
