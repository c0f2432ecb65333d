import { describe, expect, it } from 'vitest';
import { comparisonCheck } from '../../../functions/core/comparison/comparison-check.ts';
import { ComparisonJudge } from '../../../functions/core/comparison/comparison-judge.ts';
import { comparisonResult } from '../../../functions/core/comparison/comparison-result.ts';
import type {
  ComparedPair,
  ComparisonSettings,
} from '../../../functions/core/comparison/comparison-settings.ts';
import { seededRandom } from '../../../functions/core/comparison/seeded-random.ts';
import { bad, comparison, good, latency, pair, took } from './settings.ts';

function played(settings: ComparisonSettings, make: (at: number, path: number) => ComparedPair) {
  const judge = new ComparisonJudge(settings);
  for (let at = 0; judge.state === 'running'; at++) judge.observe(make(at, judge.nextPath()));
  return judge;
}

function checkOf(judge: ComparisonJudge, cutShort?: string) {
  return comparisonCheck('compare', comparisonResult(judge, cutShort), judge.settings, []);
}

describe('a comparison of nothing but errors', () => {
  it('tells nothing, and says where to look', () => {
    const judge = played(comparison(), () => pair(bad, bad));

    expect(checkOf(judge)).toMatchObject({
      verdict: 'inconclusive',
      sentence:
        'compare: expected a clear difference or none, got 2000 pairs of requests that do not tell (all 2000 pairs were used): GET /: 100 % errors at the replacement, 100 % at the original (difference 0 points, 95 % interval -0.22 points to 0.22 points); enough would have been any answer of the replacement that is no error; look whether path and expectStatus are right',
    });
  });
});

describe('a failed comparison', () => {
  const judge = played(comparison(), (at) => pair(good, at % 10 === 0 ? bad : good));

  it('says both shares, the difference with its interval, and after how many pairs', () => {
    // The ends solve the bets of 9 ones and 72 zeros for 40 = 2 / 0.05: 0.024333 and 0.251984 (SciPy brentq).
    const { verdict, sentence } = checkOf(judge);
    expect(verdict).toBe('fail');
    expect(sentence).toBe(
      'compare: expected the replacement to be no worse than the original (false alarms: 1 %), got GET /: 11 % errors at the replacement, 0 % at the original (difference 11 points, 95 % interval 2.4 points to 25 points) after 81 pairs of requests',
    );
  });

  it('says where, when all paths together gave it away', () => {
    const paths = ['GET /', 'GET /cart', 'GET /help'].map((name) => ({ name, weight: 1 }));
    const uneven = played(comparison({ paths }), (_, path) =>
      pair(good, path === 1 ? bad : good, path),
    );
    expect(checkOf(uneven).sentence).toMatch(
      /got all paths: 34 % errors at the replacement, .*, worst GET \/cart: 100 % errors at the replacement, 0 % at the original/,
    );
  });

  it('keeps the numbers as evidence', () => {
    const [evidence] = checkOf(judge).evidence;
    expect(evidence).toMatchObject({
      kind: 'comparison',
      path: 'GET /',
      metric: 'error-share',
      original: 0,
      replacement: 9 / 81,
      effect: 9 / 81,
      verdict: 'worse',
      pairs: 81,
      warmUpPairs: 0,
      stopped: 'the replacement was shown to be worse',
    });
  });
});

describe('a passed comparison', () => {
  it('says what was ruled out', () => {
    const judge = played(comparison({ warmUpPairs: 10 }), () => pair(good, good));
    const { verdict, sentence, samples, evidence } = checkOf(judge);
    expect(verdict).toBe('pass');
    expect(samples).toBe(judge.observed);
    expect(sentence).toBe(
      `compare: no worse than the original: GET / 0 % errors beside 0 %; shown not to be 5 points worse; ${judge.observed} pairs of requests`,
    );
    expect(evidence[0]).toMatchObject({
      verdict: 'alike',
      pairs: judge.observed - 10,
      warmUpPairs: 10,
      stopped: 'the replacement was shown not to be worse',
    });
  });
});

describe('a comparison of latencies', () => {
  function slower(factor: number) {
    const random = seededRandom(`latency ${factor}`);
    const draw = () => 40 - 40 * Math.log(1 - random());
    return played(comparison({ latency }), () => pair(took(draw()), took(factor * draw())));
  }

  it('says both quantiles and the factor with its interval', () => {
    const judge = slower(3);
    const { verdict, sentence, evidence } = checkOf(judge);
    expect(verdict).toBe('fail');
    expect(sentence).toMatch(
      /GET \/: latency quantile 0.95 \d+ ms at the replacement, \d+ ms at the original \(factor [\d.]+, 95 % interval [\d.]+ to ([\d.]+|any), tolerated 1.2\)/,
    );
    const found = evidence.find((one) => one.kind === 'comparison' && one.metric === 'latency');
    expect(found).toMatchObject({ metric: 'latency', verdict: 'worse' });
  });

  it('has an interval that holds the factor, finite when there are enough pairs', () => {
    const judge = slower(1);
    const { streams } = comparisonResult(judge);
    const stream = streams.find(({ metric }) => metric === 'latency');
    expect(stream?.interval.low).toBeLessThan(1);
    expect(stream?.interval.high).toBeGreaterThan(1);
    const long = new ComparisonJudge(
      comparison({ latency, pairs: 3_000, falsePass: 1e-200, falseAlarm: 1e-200 }),
    );
    const random = seededRandom('long');
    const draw = () => took(40 - 40 * Math.log(1 - random()));
    while (long.state === 'running') long.observe(pair(draw(), draw()));
    const more = comparisonResult(long).streams.find(({ metric }) => metric === 'latency');
    expect(more?.interval.low).toBeGreaterThan(0.7);
    expect(more?.interval.high).toBeLessThan(1.4);
  });
});

describe('an inconclusive comparison', () => {
  it('names how many pairs would have been enough', () => {
    // 3 % more at a bound of 5 %: neither is shown in 150 pairs.
    const judge = played(comparison({ pairs: 150 }), (at) =>
      pair(good, at % 33 === 5 ? bad : good),
    );
    const { verdict, sentence } = checkOf(judge);
    expect(verdict).toBe('inconclusive');
    const [, pairs] = /enough would have been about (\d+) pairs/.exec(sentence) ?? [];
    expect(Number(pairs)).toBeGreaterThan(150);
    const longer = played(comparison({ pairs: 2 * Number(pairs) }), (at) =>
      pair(good, at % 33 === 5 ? bad : good),
    );
    expect(longer.state).not.toBe('exhausted');
  });

  it('says that no number would have been when the difference lies at the bound itself', () => {
    // Both sides fail in turn, so nothing is worse; and the bound is too near for pairs in reach.
    const settings = comparison({ pairs: 200, errorShare: { detect: 0.0001 } });
    const judge = played(settings, (at) =>
      pair(at % 4 === 0 ? bad : good, at % 4 === 2 ? bad : good),
    );
    expect(checkOf(judge).sentence).toContain(
      'no reasonable number of pairs, for the difference seen lies at the bound itself; a greater errorShare.detect would',
    );
  });

  it('says why it ended before its pairs were used', () => {
    const judge = new ComparisonJudge(comparison({ warmUpPairs: 20 }));
    for (let at = 0; at < 7; at++) judge.observe(pair(good, good));
    const { verdict, sentence } = checkOf(judge, 'the time for the checks was up after 7 pairs');
    expect(verdict).toBe('inconclusive');
    expect(sentence).toBe(
      'compare: expected a clear difference or none, got 7 pairs of requests that do not tell (the time for the checks was up after 7 pairs): GET /: nothing judged; enough would have been more than the 7 pairs that were sent before that',
    );
  });
});

describe('the evidence of a comparison', () => {
  it('is JSON: what is not finite is null', () => {
    const judge = played(comparison({ latency }), () =>
      pair(took(50), { error: true, durationMs: Number.POSITIVE_INFINITY }),
    );
    const text = JSON.stringify(checkOf(judge).evidence);
    expect(JSON.parse(text)).toEqual(checkOf(judge).evidence);
    expect(checkOf(judge).evidence).toContainEqual(
      expect.objectContaining({ metric: 'latency', replacement: null, effect: null }),
    );
  });

  it('shows all paths together beside each of several', () => {
    const paths = [
      { name: 'GET /', weight: 1 },
      { name: 'GET /cart', weight: 1 },
    ];
    const judge = played(comparison({ paths }), (_, path) => pair(good, good, path));
    const shown = checkOf(judge).evidence.map((one) => one.kind === 'comparison' && one.path);
    expect(shown).toEqual([null, 'GET /', 'GET /cart']);
  });
});
