import { describe, expect, it } from 'vitest';
import { LatencyStream } from '../../../functions/core/comparison/latency-stream.ts';
import { took } from './settings.ts';

const strict = { quantile: 0.95, slowdown: 1, detect: 1, toleranceMs: 0 };

function fed(stream: LatencyStream, pairs: number, originalMs: number, replacementMs: number) {
  for (let at = 0; at < pairs; at++) stream.observe(took(originalMs), took(replacementMs));
  return stream;
}

/** After 32 pairs, whose 64 latencies are 1 to 64 ms: thresholds are known, and nothing was bet. */
function calibrated(changes: Partial<typeof strict> = {}): LatencyStream {
  const stream = new LatencyStream({ ...strict, ...changes });
  for (let ms = 1; ms < 64; ms += 2) stream.observe(took(ms), took(ms + 1));
  return stream;
}

const [lost, won, neither] = [
  { accused: 0, other: 1 },
  { accused: 1, other: 0 },
  { accused: 0, other: 0 },
];

describe('LatencyStream', () => {
  it('bets on nothing while it calibrates', () => {
    const stream = calibrated();

    expect(stream.worseBets).toEqual([neither, neither, neither]);
    expect([stream.bets, stream.logWorse, stream.logAlike]).toEqual([neither, 0, 0]);
    expect([stream.pairs, stream.original.count, stream.replacement.count]).toEqual([32, 32, 32]);
  });

  // The 48th, 58th and 61st of 64 values: levels 0.75, 0.9 and 0.95. One bet won multiplies its capital by 1.5.
  it.each([
    { ms: 48, bets: [neither, neither, neither], capital: 1 },
    { ms: 49, bets: [won, neither, neither], capital: 0.5 * 1.5 + 0.5 },
    { ms: 58, bets: [won, neither, neither], capital: 0.5 * 1.5 + 0.5 },
    { ms: 59, bets: [won, won, neither], capital: 0.75 * 1.5 + 0.25 },
    { ms: 61, bets: [won, won, neither], capital: 0.75 * 1.5 + 0.25 },
    { ms: 62, bets: [won, won, won], capital: 1.5 },
  ])('bets at three thresholds of the tail: $ms ms', ({ ms, bets, capital }) => {
    const stream = fed(calibrated(), 16, 1, ms);

    expect(stream.worseBets).toEqual(bets);
    expect(stream.logWorse).toBeCloseTo(Math.log(capital), 12);
  });

  it('holds originals against a threshold as it does answers: above it, not at it', () => {
    expect(fed(calibrated(), 16, 48, 49).worseBets).toEqual([won, neither, neither]);
    expect(fed(calibrated(), 16, 49, 49).worseBets).toEqual([neither, neither, neither]);
  });

  it('goes no further in than half the quantile', () => {
    // Levels 0.25, 0.25 and 0.5: the 16th and the 32nd value.
    expect(fed(calibrated({ quantile: 0.5 }), 16, 1, 17).worseBets).toEqual([won, won, neither]);
    expect(fed(calibrated({ quantile: 0.5 }), 16, 1, 33).worseBets).toEqual([won, won, won]);
  });

  // Level 0.875: the 56th of 64 values.
  it.each([
    { originalMs: 57, replacementMs: 56, bets: won },
    { originalMs: 56, replacementMs: 1, bets: neither },
    { originalMs: 57, replacementMs: 57, bets: neither },
    { originalMs: 1, replacementMs: 57, bets: lost },
  ])('bets for a pass beside the quantile: $originalMs ms, $replacementMs ms', (row) => {
    const stream = fed(calibrated(), 16, row.originalMs, row.replacementMs);

    expect(stream.bets).toEqual(row.bets);
  });

  it('bets for a pass against a slowdown by detect, and tolerates slowdown', () => {
    const changes = { slowdown: 1.2, detect: 2 };
    // 50 ms may become 60: both lie above the thresholds of the answers and originals stretched by 1.2.
    expect(fed(calibrated(changes), 16, 50, 60).worseBets[0]).toEqual(neither);
    expect(fed(calibrated(changes), 16, 40, 60).worseBets[0]).toEqual(won);
    // Originals stretched by 2 and answers, 2 to 126 by 4 and 2 to 64 by 2: the 56th is 94.
    expect(fed(calibrated(changes), 16, 48, 94).bets).toEqual(won);
    expect(fed(calibrated(changes), 16, 47, 94).bets).toEqual(neither);
  });

  it('waits with a pass as soon as the capital against the replacement doubled', () => {
    const stream = fed(calibrated(), 16, 1, 1_000);
    expect(stream.isSuspicious).toBe(false);
    // Two bets won at each threshold: 2.33 times the capital.
    expect(fed(stream, 16, 1, 2_000).isSuspicious).toBe(true);
  });

  it.each([
    { originalMs: 100, replacementMs: 120, beyond: false },
    { originalMs: 100, replacementMs: 120.1, beyond: true },
    { originalMs: 10, replacementMs: 15, beyond: false },
    { originalMs: 10, replacementMs: 15.1, beyond: true },
  ])('tolerates the greater of factor and milliseconds: $originalMs, $replacementMs', (row) => {
    const stream = new LatencyStream({ quantile: 0.95, slowdown: 1.2, detect: 2, toleranceMs: 5 });

    expect(fed(stream, 1, row.originalMs, row.replacementMs).isBeyondTolerance).toBe(row.beyond);
  });

  it.each([
    { originalMs: 100, replacementMs: 200, denies: false },
    { originalMs: 100, replacementMs: 200.1, denies: true },
    { originalMs: 2, replacementMs: 7, denies: false },
    { originalMs: 2, replacementMs: 7.1, denies: true },
  ])('denies a pass beside a quantile beyond detect: $originalMs, $replacementMs', (row) => {
    const stream = new LatencyStream({ quantile: 0.95, slowdown: 1.2, detect: 2, toleranceMs: 5 });

    expect(fed(stream, 1, row.originalMs, row.replacementMs).deniesPass).toBe(row.denies);
  });

  it('is not beyond tolerance, and denies nothing, before it has seen a pair', () => {
    const stream = new LatencyStream(strict);

    expect([stream.isBeyondTolerance, stream.deniesPass]).toEqual([false, false]);
  });
});
