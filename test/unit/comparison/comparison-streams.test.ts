import { describe, expect, it } from 'vitest';
import {
  allowsPass,
  comparisonStreams,
  concerns,
  provesWorse,
} from '../../../functions/core/comparison/comparison-streams.ts';
import { ErrorStream } from '../../../functions/core/comparison/error-stream.ts';
import {
  comparedPaths,
  compareSettings,
} from '../../../functions/core/comparison/settings-of-check.ts';
import { fewestAlike } from '../../../functions/core/statistics/margin-process.ts';
import { parsedCheck } from '../../support/builders/parsed-checks.ts';
import { bad, comparison, good, latency, pair, took } from './settings.ts';

const paths = ['GET /', 'GET /cart'].map((name) => ({ name, weight: 1 }));

describe('comparisonStreams', () => {
  it('gives the only stream every false alarm', () => {
    expect(comparisonStreams(comparison({ falseAlarm: 0.02 }))).toMatchObject([
      { path: 0, metric: 'error-share', failsAt: -Math.log(0.02), required: true, alike: false },
    ]);
  });

  it('gives all paths together half, and each an equal part of the rest, for each metric', () => {
    const streams = comparisonStreams(comparison({ paths, latency, falseAlarm: 0.02 }));

    expect(
      streams.map(({ path, metric, failsAt, required }) => ({
        path,
        metric,
        required,
        falseAlarms: Number(Math.exp(-failsAt).toFixed(9)),
      })),
    ).toEqual(
      (['error-share', 'latency'] as const).flatMap((metric) => [
        { path: undefined, metric, required: false, falseAlarms: 0.005 },
        { path: 0, metric, required: true, falseAlarms: 0.0025 },
        { path: 1, metric, required: true, falseAlarms: 0.0025 },
      ]),
    );
  });

  it('shows a path its own pairs, and all together every one', () => {
    const seen = comparisonStreams(comparison({ paths })).map((stream) =>
      [0, 1].map((path) => concerns(stream, pair(good, good, path))),
    );

    expect(seen).toEqual([
      [true, true],
      [true, false],
      [false, true],
    ]);
  });
});

describe('allowsPass', () => {
  it('needs the evidence, and numbers that do not deny it', () => {
    const [stream] = comparisonStreams(comparison());
    if (stream === undefined) throw new Error('no stream');

    expect([allowsPass(stream), allowsPass({ ...stream, alike: true })]).toEqual([false, true]);
    stream.evidence.observe(bad, bad);
    expect(allowsPass({ ...stream, alike: true })).toBe(false);
  });
});

describe('provesWorse', () => {
  it('is reached at the evidence itself', () => {
    const [stream] = comparisonStreams(comparison());
    if (stream === undefined) throw new Error('no stream');
    stream.evidence.observe(good, bad);
    const failsAt = stream.evidence.logWorse;

    expect(failsAt).toBeCloseTo(Math.log(1.5), 12);
    expect(provesWorse({ ...stream, failsAt })).toBe(true);
    expect(provesWorse({ ...stream, failsAt: failsAt + 1e-9 })).toBe(false);
  });

  it('needs more than evidence for latencies: the quantile itself has to be slower', () => {
    const stream = comparisonStreams(comparison({ latency }))[1];
    if (stream === undefined) throw new Error('no stream of latencies');
    const beside = (replacementMs: number) => {
      stream.evidence.observe(took(100), took(replacementMs));
      return provesWorse({ ...stream, failsAt: 0 });
    };

    expect([beside(120), beside(121)]).toEqual([false, true]);
  });
});

describe('ErrorStream', () => {
  it('waits after an error of the replacement until a quarter of detect is ruled out', () => {
    const passesAt = -Math.log(0.01);
    const stream = new ErrorStream(0.2, passesAt);
    expect(stream.isSuspicious).toBe(false);
    stream.observe(good, bad);
    let pairs = 1;
    for (; stream.isSuspicious; pairs++) stream.observe(good, good);

    // Without the error a margin of 0.05 takes 107 pairs, one of 0.2 no more than 26.
    expect(fewestAlike(0.05, 0.01)).toBe(107);
    expect(fewestAlike(0.2, 0.01)).toBeLessThan(30);
    expect(pairs).toBeGreaterThan(107);
    expect(pairs).toBeLessThan(200);
  });

  it('does not wait for one that the original had alone', () => {
    const stream = new ErrorStream(0.2, -Math.log(0.01));
    stream.observe(bad, good);

    expect([stream.isSuspicious, stream.bets]).toEqual([false, { accused: 0, other: 1 }]);
  });

  it('denies a pass where the replacement has nothing but errors', () => {
    const stream = new ErrorStream(0.2, -Math.log(0.01));
    expect(stream.deniesPass).toBe(false);
    stream.observe(bad, bad);
    expect(stream.deniesPass).toBe(true);
    stream.observe(good, bad);
    expect(stream.deniesPass).toBe(true);
    stream.observe(bad, good);
    expect(stream.deniesPass).toBe(false);
  });

  it('counts errors of both sides, and pairs by their difference', () => {
    const stream = new ErrorStream(0.2, -Math.log(0.01));
    for (const [original, replacement] of [
      [bad, bad],
      [bad, bad],
      [bad, good],
      [good, bad],
      [good, bad],
      [good, bad],
      [good, good],
    ] as const) {
      stream.observe(original, replacement);
    }

    expect(stream.pairs).toBe(7);
    expect(stream.errors).toEqual({ original: 3, replacement: 5 });
    expect(stream.differences).toEqual({ minus: 1, zero: 3, plus: 3 });
  });
});

describe('the settings of a check', () => {
  const check = parsedCheck('compare', {
    headers: { accept: 'a', 'x-site': 's' },
    paths: ['/', { path: '/cart', method: 'POST', headers: { accept: 'b' }, body: 'x', weight: 3 }],
    latency: {},
    warmUpPairs: 7,
    pairs: 900,
    falseAlarm: 0.02,
    falsePass: 0.03,
  });

  it('fill in what the short form of a path leaves out, and let its own headers win', () => {
    expect(comparedPaths(check)).toEqual([
      {
        path: '/',
        method: 'GET',
        headers: { accept: 'a', 'x-site': 's' },
        body: undefined,
        weight: 1,
      },
      {
        path: '/cart',
        method: 'POST',
        headers: { accept: 'b', 'x-site': 's' },
        body: 'x',
        weight: 3,
      },
    ]);
  });

  it('name paths by method and path', () => {
    expect(compareSettings(check)).toEqual({
      paths: [
        { name: 'GET /', weight: 1 },
        { name: 'POST /cart', weight: 3 },
      ],
      falseAlarm: 0.02,
      falsePass: 0.03,
      errorShare: { detect: 0.05 },
      latency: { quantile: 0.95, slowdown: 1.2, detect: 1.5, toleranceMs: 5 },
      pairs: 900,
      warmUpPairs: 7,
    });
  });
});
