import { describe, expect, it } from 'vitest';
import type { LatencySettings } from '../../../functions/core/comparison/comparison-settings.ts';
import { comparisonStreams } from '../../../functions/core/comparison/comparison-streams.ts';
import {
  type StreamResult,
  streamResult,
} from '../../../functions/core/comparison/stream-result.ts';
import { bad, comparison, good, latency, took } from './settings.ts';

function latencyResult(pairs: number, quantile: number): StreamResult {
  const changed: LatencySettings = { ...latency, quantile };
  const settings = comparison({ latency: changed });
  const stream = comparisonStreams(settings)[1];
  if (stream?.metric !== 'latency') throw new Error('no stream of latencies');
  for (let at = 1; at <= pairs; at++) stream.evidence.observe(took(at), took(3 * at));
  return streamResult(stream, settings);
}

/** The histogram is right within 1 %, a ratio of two of its quantiles within 2 %. */
function expectAbout(observed: number | undefined, expected: number, share = 0.021): void {
  expect(Math.abs((observed ?? Number.NaN) / expected - 1)).toBeLessThan(share);
}

describe('the result of a stream of latencies', () => {
  // Original 1 to n ms, replacement three times that. The ranks that explain the quantile solve
  // B(k+1, n-k+1) < q^k (1-q)^(n-k) / 0.025 (mpmath): the interval goes from the least to one above the greatest.
  it.each([
    { pairs: 400, quantile: 0.95, middle: 380, least: 362, above: 395 },
    { pairs: 400, quantile: 0.5, middle: 200, least: 165, above: 236 },
    { pairs: 100, quantile: 0.9, middle: 90, least: 79, above: 100 },
  ])('of $pairs pairs, quantile $quantile', ({ pairs, quantile, middle, least, above }) => {
    const result = latencyResult(pairs, quantile);

    expect(result).toMatchObject({ path: 'GET /', metric: 'latency', pairs });
    expectAbout(result.original, middle, 0.011);
    expectAbout(result.replacement, 3 * middle, 0.011);
    expectAbout(result.effect, 3);
    expectAbout(result.interval.low, (3 * least) / above);
    expectAbout(result.interval.high, (3 * above) / least);
  });

  it('has no upper end where the quantile may lie beyond everything seen', () => {
    expect(latencyResult(20, 0.95).interval).toEqual({ low: 0, high: Number.POSITIVE_INFINITY });
  });

  it('knows nothing of three pairs, and less of none', () => {
    const nothing = { low: 0, high: Number.POSITIVE_INFINITY };

    expect(latencyResult(3, 0.5).interval).toEqual(nothing);
    expect(latencyResult(0, 0.5)).toMatchObject({
      original: 0,
      replacement: 0,
      effect: undefined,
      interval: nothing,
      pairs: 0,
    });
  });

  it('takes two sides without answers for alike', () => {
    const settings = comparison({ latency });
    const stream = comparisonStreams(settings)[1];
    const silent = took(Number.POSITIVE_INFINITY);
    stream?.evidence.observe(silent, silent);

    expect(stream && streamResult(stream, settings).effect).toBe(1);
  });
});

describe('the result of a stream of errors', () => {
  const settings = comparison({
    paths: ['GET /', 'GET /cart'].map((name) => ({ name, weight: 1 })),
  });

  it('counts errors of both sides in both shares, and their difference', () => {
    const stream = comparisonStreams(settings)[2];
    if (stream === undefined) throw new Error('no stream of the second path');
    for (const [original, replacement] of [
      [bad, bad],
      [bad, good],
      [good, bad],
      [good, bad],
      [good, bad],
      [good, good],
      [good, good],
      [good, good],
    ] as const) {
      stream.evidence.observe(original, replacement);
    }

    expect(streamResult(stream, settings)).toMatchObject({
      path: 'GET /cart',
      metric: 'error-share',
      verdict: 'open',
      original: 2 / 8,
      replacement: 4 / 8,
      effect: 2 / 8,
      pairs: 8,
    });
  });

  it('has no effect before the first pair', () => {
    const [all] = comparisonStreams(settings);

    expect(all && streamResult(all, settings)).toEqual({
      path: undefined,
      metric: 'error-share',
      verdict: 'open',
      pairs: 0,
      original: 0,
      replacement: 0,
      effect: undefined,
      interval: { low: -1, high: 1 },
    });
  });
});
