import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ComparisonJudge } from '../../../functions/core/comparison/comparison-judge.ts';
import type {
  ComparedPair,
  ComparisonSettings,
} from '../../../functions/core/comparison/comparison-settings.ts';
import { ErrorStream } from '../../../functions/core/comparison/error-stream.ts';
import { seededRandom } from '../../../functions/core/comparison/seeded-random.ts';
import { bad, comparison, good, latency, pair, took } from './settings.ts';

const outcomes = fc.record({ error: fc.boolean(), durationMs: fc.integer({ min: 1, max: 500 }) });
const streams = fc.array(fc.tuple(outcomes, outcomes), { maxLength: 300 });

function judgeOf(settings: ComparisonSettings, pairs: Iterable<ComparedPair>): ComparisonJudge {
  const judge = new ComparisonJudge(settings);
  for (const one of pairs) judge.observe(one);
  return judge;
}

/** One side fails, the original and the replacement in turn. */
function unlucky(at: number, path: number): ComparedPair {
  return at % 20 < 10 ? pair(bad, good, path) : pair(good, bad, path);
}

function repeated(count: number, make: (at: number) => ComparedPair): ComparedPair[] {
  return Array.from({ length: count }, (_, at) => make(at));
}

describe('ComparisonJudge', () => {
  it('is running until something is shown, and passes two sides without errors', () => {
    const pairs = repeated(2_000, () => pair(good, good));
    expect(judgeOf(comparison(), pairs.slice(0, 100)).state).toBe('running');
    const judge = judgeOf(comparison(), pairs);
    expect(judge.state).toBe('alike');
    expect(judge.observed).toBeLessThan(150);
  });

  it('fails a replacement that never answers well within two hundred pairs', () => {
    const judge = judgeOf(
      comparison(),
      repeated(2_000, () => pair(good, bad)),
    );
    expect(judge.state).toBe('worse');
    // Nine bets for alpha 0.01, each but the last followed by sixteen pairs of rest.
    expect(judge.observed).toBe(1 + 8 * 17);
    expect(judge.proof?.metric).toBe('error-share');
  });

  it('passes a replacement that has mended what the original suffers from', () => {
    expect(
      judgeOf(
        comparison(),
        repeated(2_000, () => pair(bad, good)),
      ).state,
    ).toBe('alike');
  });

  it('passes no replacement without one right answer, however bad the original is', () => {
    const judge = judgeOf(
      comparison(),
      repeated(2_000, () => pair(bad, bad)),
    );
    expect(judge.state).toBe('exhausted');
    expect(
      judgeOf(
        comparison(),
        repeated(2_000, (at) => pair(bad, at === 1_999 ? good : bad)),
      ).state,
    ).toBe('alike');
  });

  it('passes no replacement while stalls make its quantile slower than what is to be detected', () => {
    const settings = comparison({ latency });
    const random = seededRandom('stall');
    const stalled = (most: number) =>
      repeated(most, (at) =>
        pair(took(10 + random()), took(at >= 100 && at < 160 ? 2_000 : 10 + random())),
      );
    const soon = judgeOf(settings, stalled(800));
    const later = judgeOf(settings, stalled(2_000));

    expect(soon.state).toBe('running');
    expect(later.state).toBe('alike');
    // Sixty of 1,200 are the last 5 %.
    expect(later.observed).toBeGreaterThanOrEqual(1_200);
  });

  it('sees no difference in errors that strike both sides alike', () => {
    const judge = judgeOf(
      comparison(),
      repeated(2_000, (at) => (at % 10 === 0 ? pair(good, good) : pair(bad, bad))),
    );
    expect(judge.state).toBe('alike');
  });

  it('does not judge the warm-up', () => {
    const cold = repeated(60, () => pair(good, { error: true, durationMs: 900 }));
    const warm = repeated(300, () => pair(good, good));
    const judge = judgeOf(comparison({ warmUpPairs: 60 }), [...cold, ...warm]);
    expect([judge.state, judge.warmUp]).toEqual(['alike', 60]);
    expect(judge.streams[0]?.evidence.pairs).toBe(judge.observed - 60);
  });

  it('is exhausted when the pairs run out between the two answers', () => {
    // One in twenty more is exactly what is to be detected: too little to fail in 100 pairs, too much to pass.
    const pairs = repeated(100, (at) => pair(good, at % 20 === 0 ? bad : good));
    expect(judgeOf(comparison({ pairs: 100 }), pairs).state).toBe('exhausted');
  });

  it('takes no pair into account after it has decided', () => {
    fc.assert(
      fc.property(streams, (after) => {
        const judge = judgeOf(
          comparison(),
          repeated(200, () => pair(good, bad)),
        );
        const before = [judge.state, judge.observed, judge.streams[0]?.evidence.pairs];
        for (const [original, replacement] of after) judge.observe(pair(original, replacement));
        expect([judge.state, judge.observed, judge.streams[0]?.evidence.pairs]).toEqual(before);
        expect(judge.stop()).toBe('worse');
      }),
      { numRuns: 20 },
    );
  });

  it('holds a pass back while errors of the replacement alone wait for an explanation', () => {
    const settings = comparison();
    const quiet = judgeOf(
      settings,
      repeated(2_000, () => pair(good, good)),
    );
    const uneasy = repeated(2_000, (at) => pair(good, at === 30 || at === 60 ? bad : good));
    const judge = judgeOf(settings, uneasy);
    expect(judge.state).toBe('alike');
    expect(judge.observed).toBeGreaterThan(2 * quiet.observed);
  });

  it('lets a pass that was held back stand when the pairs run out', () => {
    const uneasy = repeated(250, (at) => pair(good, at === 30 || at === 60 ? bad : good));
    const judge = judgeOf(comparison(), uneasy);
    expect(judge.state).toBe('running');
    expect(judge.stop()).toBe('alike');
  });

  it('has more evidence against a replacement with one more error at the end', () => {
    fc.assert(
      fc.property(streams, (seen) => {
        const evidence = (replacement: typeof good) => {
          const stream = new ErrorStream(0.05, 4.6);
          for (const [one, other] of seen) stream.observe(one, other);
          stream.observe(good, replacement);
          return { worse: stream.logWorse, alike: stream.logAlike };
        };
        expect(evidence(bad).worse).toBeGreaterThanOrEqual(evidence(good).worse);
        expect(evidence(bad).alike).toBeLessThan(evidence(good).alike);
      }),
    );
  });

  it('fails one path that got worse although another got better', () => {
    const paths = [
      { name: 'GET /', weight: 1 },
      { name: 'GET /cart', weight: 1 },
    ];
    const judge = new ComparisonJudge(comparison({ paths, pairs: 20_000 }));
    while (judge.state === 'running') {
      const path = judge.nextPath();
      judge.observe(path === 0 ? pair(bad, good, path) : pair(good, bad, path));
    }
    expect([judge.state, judge.proof?.path]).toEqual(['worse', 1]);
  });

  it('shows a defect of all paths on all together first', () => {
    const paths = Array.from({ length: 10 }, (_, at) => ({ name: `GET /${at}`, weight: 1 }));
    const judge = new ComparisonJudge(comparison({ paths, pairs: 20_000 }));
    for (let at = 0; judge.state === 'running'; at++) {
      judge.observe(pair(good, at % 8 === 0 ? bad : good, judge.nextPath()));
    }
    expect([judge.state, judge.proof?.path]).toEqual(['worse', undefined]);
    expect(judge.observed).toBeLessThan(150);
  });

  it('splits the false alarms so that their sum is what was asked for', () => {
    for (const count of [1, 2, 7]) {
      const paths = Array.from({ length: count }, (_, at) => ({ name: `GET /${at}`, weight: 1 }));
      const judge = new ComparisonJudge(comparison({ paths, latency, falseAlarm: 0.02 }));
      const sum = judge.streams.reduce((total, { failsAt }) => total + Math.exp(-failsAt), 0);
      expect(sum).toBeCloseTo(0.02, 12);
    }
  });

  it('gives the pairs of a path that is decided to the others', () => {
    const paths = [
      { name: 'GET /', weight: 1 },
      { name: 'GET /cart', weight: 1 },
    ];
    const judge = new ComparisonJudge(comparison({ paths }));
    const asked = [0, 0];
    for (let at = 0; at < 600 && judge.state === 'running'; at++) {
      const path = judge.nextPath();
      asked[path] = (asked[path] ?? 0) + 1;
      const flawed = path === 1 && at % 10 < 2;
      judge.observe(flawed ? unlucky(at, path) : pair(good, good, path));
    }
    expect(asked[0]).toBeLessThan(150);
    expect(asked[1]).toBeGreaterThan(300);
  });
});

describe('ComparisonJudge on latency', () => {
  const settings = comparison({ latency });

  function play(seed: string, replacementOf: (ms: number) => number, pairs = 2_000) {
    const random = seededRandom(seed);
    const draw = () => 40 + 200 * random() ** 4;
    const judge = new ComparisonJudge({ ...settings, pairs });
    while (judge.state === 'running') {
      judge.observe(pair(took(draw()), took(replacementOf(draw()))));
    }
    return judge;
  }

  it('fails a replacement that is twice as slow, on latency', () => {
    const judge = play('slow', (ms) => 2 * ms);
    expect([judge.state, judge.proof?.metric]).toEqual(['worse', 'latency']);
  });

  it('passes one that is as fast, and one that is faster', () => {
    expect(play('equal', (ms) => ms).state).toBe('alike');
    expect(play('fast', (ms) => ms / 2).state).toBe('alike');
  });

  it('tolerates five milliseconds, whatever the factor', () => {
    const random = seededRandom('short');
    const judge = new ComparisonJudge(settings);
    while (judge.state === 'running') {
      judge.observe(pair(took(1 + random()), took(2 * (1 + random()))));
    }
    expect(judge.state).toBe('alike');
  });

  it('takes requests without an answer for the slowest, not for none', () => {
    const judge = new ComparisonJudge({ ...settings, falsePass: 1e-9 });
    const random = seededRandom('lost');
    for (let at = 0; judge.state === 'running'; at++) {
      const lost = at % 3 === 0;
      const durationMs = lost ? Number.POSITIVE_INFINITY : 50 + random();
      judge.observe(pair(took(50 + random()), { error: false, durationMs }));
    }
    expect([judge.state, judge.proof?.metric]).toEqual(['worse', 'latency']);
  });
});
