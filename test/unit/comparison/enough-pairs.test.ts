import { describe, expect, it } from 'vitest';
import { ComparisonJudge } from '../../../functions/core/comparison/comparison-judge.ts';
import { comparisonResult } from '../../../functions/core/comparison/comparison-result.ts';
import type {
  ComparisonSettings,
  PairedOutcome,
} from '../../../functions/core/comparison/comparison-settings.ts';
import { comparisonStreams } from '../../../functions/core/comparison/comparison-streams.ts';
import { enoughPairs } from '../../../functions/core/comparison/enough-pairs.ts';
import { seededRandom } from '../../../functions/core/comparison/seeded-random.ts';
import { bad, comparison, good, latency, pair, took } from './settings.ts';

type Pairs = readonly (readonly [PairedOutcome, PairedOutcome])[];
const times = (count: number, original: PairedOutcome, replacement: PairedOutcome): Pairs =>
  Array.from({ length: count }, () => [original, replacement] as const);

function enoughOf(settings: ComparisonSettings, at: number, pairs: Pairs): number | undefined {
  const stream = comparisonStreams(settings)[at];
  if (stream === undefined) throw new Error(`no stream ${at}`);
  for (const [original, replacement] of pairs) stream.evidence.observe(original, replacement);
  return enoughPairs(stream, settings);
}

describe('enoughPairs', () => {
  it('is what a pass takes where nothing differs, to within a hundredth of what was seen', () => {
    // 107 pairs without a difference rule out 5 points at 0.01 (vectors/fewest-alike.json).
    const enough = enoughOf(comparison(), 0, times(20, good, good)) ?? 0;

    expect(enough).toBeGreaterThanOrEqual(107);
    expect(enough).toBeLessThanOrEqual(108);
  });

  it('is what a failure takes where the replacement alone fails', () => {
    // Nine bets for 0.01: after one bet in one pair that is nine times as many.
    expect(enoughOf(comparison(), 0, times(1, good, bad))).toBe(9);
  });

  it('is unknown without pairs, and where no projection within reason decides', () => {
    expect(enoughOf(comparison(), 0, [])).toBe(undefined);
    // Fifty times one pair are 50, and 107 are needed; of two pairs 100.
    expect(enoughOf(comparison(), 0, times(2, good, good))).toBe(undefined);
    expect(enoughOf(comparison(), 0, times(3, good, good))).toBe(107);
  });

  it('takes the threshold that says most against the replacement', () => {
    const strict = { quantile: 0.95, slowdown: 1, detect: 1, toleranceMs: 0 };
    const calm = Array.from(
      { length: 32 },
      (_, at) => [took(2 * at + 1), took(2 * at + 2)] as const,
    );
    const pairs = [...calm, ...times(16, took(1), took(50))];

    // Above the lowest of three thresholds alone: eleven bets for 0.005, one in 48 pairs.
    expect(enoughOf(comparison({ latency: strict }), 1, pairs)).toBeLessThanOrEqual(11 * 48);
  });

  it('counts the groups that latencies bet on', () => {
    const settings = comparison({ latency });
    const calm = Array.from({ length: 32 }, (_, at) => [took(100 + at), took(100 + at)] as const);

    // One group won at all thresholds after 48 pairs; 0.005 takes eleven bets.
    const slower = [...calm, ...times(16, took(100), took(900))];
    expect(enoughOf(settings, 1, slower)).toBeGreaterThanOrEqual(10 * 48);
    expect(enoughOf(settings, 1, slower)).toBeLessThanOrEqual(11 * 48);
    // A pass takes nine.
    const faster = [...calm, ...times(16, took(900), took(100))];
    expect(enoughOf(settings, 1, faster)).toBeGreaterThanOrEqual(8 * 48);
    expect(enoughOf(settings, 1, faster)).toBeLessThanOrEqual(9 * 48);
  });
});

describe('what would have been enough', () => {
  const paths = ['GET /', 'GET /cart'].map((name) => ({ name, weight: 1 }));

  function told(
    settings: ComparisonSettings,
    pairs: Pairs,
    path: (at: number) => number = () => 0,
  ) {
    const judge = new ComparisonJudge(settings);
    for (const [at, [original, replacement]] of pairs.entries()) {
      judge.observe(pair(original, replacement, path(at)));
    }
    return judge;
  }

  it('counts the warm-up and the pairs of every open path, in two digits', () => {
    const settings = comparison({ paths, warmUpPairs: 10 });
    const judge = told(settings, times(50, good, good), (at) => at % 2);

    // 10 of warm-up and 107 for each of two paths: 224, or a little more for the projection.
    expect(comparisonResult(judge, 'the time was up')).toMatchObject({
      verdict: 'inconclusive',
      stopped: 'the time was up',
      enough: 'about 230 pairs at what was seen',
      pairs: 50,
      warmUpPairs: 10,
      decisive: [{ path: 'GET /' }, { path: 'GET /cart' }],
    });
  });

  it('is not projected as long as a path got no pair', () => {
    const judge = told(comparison({ paths }), times(50, good, good));

    expect(comparisonResult(judge).enough).toBe('more than the 50 pairs that were sent');
    expect(comparisonResult(judge, 'cut short').enough).toBe(
      'more than the 50 pairs that were sent before that',
    );
  });

  it('does not ask for more of a path that was decided', () => {
    const settings = comparison({ paths });
    const judge = told(settings, times(150, good, good), (at) => (at < 120 ? 0 : 1));

    // 120 pairs were sent to the first, which needed 107; 107 are needed for the second.
    expect(comparisonResult(judge, 'cut short')).toMatchObject({
      enough: 'about 230 pairs at what was seen',
      decisive: [{ path: 'GET /cart' }],
    });
  });

  it.each([
    [comparison({ pairs: 2 }), 'a greater errorShare.detect'],
    [
      comparison({ pairs: 2, latency, errorShare: { detect: 0.9 } }),
      'a wider gap between latency.slowdown and latency.detect',
    ],
  ])('is no number where the bound is too near (%#)', (settings, wider) => {
    const judge = told(settings, times(2, good, good));

    expect(comparisonResult(judge)).toMatchObject({
      stopped: 'all 2 pairs were used',
      enough: `no reasonable number of pairs, for the difference seen lies at the bound itself; ${wider} would`,
    });
  });

  it('is a quicker quantile where that alone denies the pass', () => {
    const random = seededRandom('stall');
    const stalled = Array.from(
      { length: 800 },
      (_, at) =>
        [took(10 + random()), took(at >= 100 && at < 160 ? 2_000 : 10 + random())] as const,
    );
    const judge = told(comparison({ latency, pairs: 800 }), stalled);

    expect(comparisonResult(judge)).toMatchObject({
      verdict: 'inconclusive',
      decisive: [{ metric: 'latency', verdict: 'open' }],
      enough: 'a latency quantile below what latency.detect allows',
    });
  });

  it('is nothing to ask for after a clear answer', () => {
    const passed = comparisonResult(told(comparison({ pairs: 107 }), times(107, good, good)));
    const failed = comparisonResult(told(comparison(), times(200, good, bad)));

    expect(passed).toMatchObject({
      verdict: 'pass',
      decisive: [],
      enough: undefined,
      stopped: 'all 107 pairs were used',
    });
    expect(failed).toMatchObject({
      verdict: 'fail',
      decisive: [{ path: 'GET /', verdict: 'worse' }],
      enough: undefined,
      stopped: 'the replacement was shown to be worse',
    });
  });
});
