import { describe, expect, it } from 'vitest';
import { comparisonCheck } from '../../../functions/core/comparison/comparison-check.ts';
import type { ComparisonResult } from '../../../functions/core/comparison/comparison-result.ts';
import { explainComparison } from '../../../functions/core/comparison/explain-comparison.ts';
import type { StreamResult } from '../../../functions/core/comparison/stream-result.ts';
import { comparison, latency } from './settings.ts';

const settings = comparison({ latency, falseAlarm: 0.005 });

const errors = (changes: Partial<StreamResult> = {}): StreamResult => ({
  path: 'GET /',
  metric: 'error-share',
  verdict: 'open',
  original: 0.001,
  replacement: 0.1234,
  effect: 0.1224,
  interval: { low: -0.0049, high: 1 },
  pairs: 200,
  ...changes,
});
const latencies = (changes: Partial<StreamResult> = {}): StreamResult => ({
  path: 'GET /',
  metric: 'latency',
  verdict: 'open',
  original: 123.456,
  replacement: 1_234.5,
  effect: 9.999,
  interval: { low: 0.123, high: Number.POSITIVE_INFINITY },
  pairs: 200,
  ...changes,
});
const result = (changes: Partial<ComparisonResult>): ComparisonResult => ({
  verdict: 'pass',
  streams: [],
  decisive: [],
  pairs: 220,
  warmUpPairs: 20,
  stopped: 'all 220 pairs were used',
  enough: undefined,
  ...changes,
});

const errorWords =
  '12 % errors at the replacement, 0.1 % at the original (difference 12 points, 95 % interval -0.49 points to 100 points';
const latencyWords =
  'latency quantile 0.95 1235 ms at the replacement, 123 ms at the original (factor 10, 95 % interval 0.12 to any';

describe('explainComparison', () => {
  it.each([
    ['errors and latencies', settings, ' and 1.5 times slower'],
    ['errors alone', comparison(), ''],
  ])('says of a pass what each path showed and what it rules out: %s', (_, asked, slower) => {
    const streams = [
      errors({ path: undefined }),
      errors({ verdict: 'alike' }),
      latencies({ verdict: 'alike', path: 'GET /cart' }),
    ].slice(0, asked.latency === undefined ? 2 : 3);
    const cart =
      asked.latency === undefined ? '' : ', GET /cart quantile 0.95 1235 ms beside 123 ms';

    expect(explainComparison(result({ streams }), asked)).toEqual({
      expected: 'the replacement to be no worse than the original',
      observed: `GET / 12 % errors beside 0.1 %${cart}; shown not to be 5 points worse${slower}; 220 pairs of requests`,
    });
  });

  it('says of a stream what it proved although others are open', () => {
    const decisive = [errors({ verdict: 'alike' }), latencies({ verdict: 'alike' })];
    const changes = { verdict: 'inconclusive', decisive, enough: 'more' } as const;

    expect(explainComparison(result(changes), settings).observed).toContain(
      `: GET /: ${errorWords}, shown to be below 5 points); GET /: ${latencyWords}, its tail shown to be below 1.5); enough`,
    );
  });

  it('names the first stream that failed, how many more, and the false alarms', () => {
    const decisive = [latencies({ verdict: 'worse' }), errors({ verdict: 'worse' })];

    expect(explainComparison(result({ verdict: 'fail', decisive }), settings)).toEqual({
      expected: 'the replacement to be no worse than the original (false alarms: 0.5 %)',
      observed: `GET /: ${latencyWords}, tolerated 1.2) (and 1 more) after 220 pairs of requests`,
    });
  });

  it('says which path is worst when all together failed', () => {
    const all = errors({ path: undefined, verdict: 'worse' });
    const streams = [
      all,
      errors({ path: 'GET /none', pairs: 0, effect: undefined }),
      errors({ path: 'GET /less', effect: 0.01 }),
      errors({ path: 'GET /most', effect: 0.2 }),
      errors({ path: 'GET /middle', effect: 0.1 }),
      latencies({ path: 'GET /slow', effect: 5 }),
    ];
    const { observed } = explainComparison(
      result({ verdict: 'fail', streams, decisive: [all] }),
      settings,
    );

    expect(observed).toBe(
      `all paths: ${errorWords}), worst GET /most: ${errorWords.replace('difference 12', 'difference 20')}) after 220 pairs of requests`,
    );
  });

  it('does not take a path that was not judged for the worst', () => {
    const all = errors({ path: undefined, verdict: 'worse' });
    const unjudged = errors({ path: 'GET /none', pairs: 0, effect: undefined });
    const streams = [all, unjudged, errors({ path: 'GET /better', effect: -0.1 })];
    const changes = { verdict: 'fail', streams, decisive: [all] } as const;

    expect(explainComparison(result(changes), settings).observed).toContain('worst GET /better:');
  });

  it('names no worst path where none was judged', () => {
    const all = errors({ path: undefined, verdict: 'worse' });
    const changes = { verdict: 'fail', streams: [all], decisive: [all] } as const;

    expect(explainComparison(result(changes), settings).observed).toBe(
      `all paths: ${errorWords}) after 220 pairs of requests`,
    );
  });

  it('names what is open, why it stopped and what would have been enough', () => {
    const decisive = [errors({ pairs: 0 }), latencies({ original: Number.POSITIVE_INFINITY })];
    const changes = { verdict: 'inconclusive', decisive, enough: 'about 400 pairs' } as const;

    expect(explainComparison(result(changes), settings)).toEqual({
      expected: 'a clear difference or none',
      observed: `220 pairs of requests that do not tell (all 220 pairs were used): GET /: nothing judged; GET /: ${latencyWords.replace('123 ms', 'no answer')}); enough would have been about 400 pairs`,
    });
  });
});

describe('comparisonCheck', () => {
  it('keeps the numbers of each stream and the answers that were errors', () => {
    const offending = { kind: 'statuses', counts: { '500': 1 } } as const;
    const streams = [latencies({ path: undefined, replacement: Number.POSITIVE_INFINITY })];
    const check = comparisonCheck('canary', result({ streams }), settings, [offending]);

    expect(check).toMatchObject({ name: 'canary', type: 'compare', verdict: 'pass', samples: 220 });
    expect(check.evidence).toEqual([
      {
        kind: 'comparison',
        path: null,
        metric: 'latency',
        original: 123.456,
        replacement: null,
        effect: 9.999,
        interval: [0.123, null],
        verdict: 'open',
        pairs: 200,
        warmUpPairs: 20,
        stopped: 'all 220 pairs were used',
      },
      offending,
    ]);
  });

  it('has no effect to keep of a stream without pairs', () => {
    const streams = [errors({ pairs: 0, effect: undefined })];

    expect(comparisonCheck('canary', result({ streams }), settings, []).evidence).toMatchObject([
      { path: 'GET /', effect: null, interval: [-0.0049, 1] },
    ]);
  });
});
