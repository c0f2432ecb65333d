import { describe, expect, it } from 'vitest';
import { cells } from '../../../benchmarks/decisions/cells.ts';
import { fixedPairs, pairsFor } from '../../../benchmarks/decisions/fixed-design.ts';
import { heavyTailed, lognormal } from '../../../benchmarks/decisions/latency-models.ts';
import { methods } from '../../../benchmarks/decisions/methods/all-methods.ts';
import { fixedSample } from '../../../benchmarks/decisions/methods/fixed-sample.ts';
import { greengate } from '../../../benchmarks/decisions/methods/greengate.ts';
import { playCell } from '../../../benchmarks/decisions/play-cell.ts';
import { caughtPlot } from '../../../benchmarks/decisions/plots/caught.ts';
import { falseRollbacksPlot } from '../../../benchmarks/decisions/plots/false-rollbacks.ts';
import { hodgesLehmann, isHigh } from '../../../benchmarks/decisions/rank-test.ts';
import { targets } from '../../../benchmarks/decisions/targets.ts';
import { seededRandom } from '../../../functions/core/comparison/seeded-random.ts';

function cellNamed(name: string) {
  const cell = cells.find((one) => one.name === name);
  if (cell === undefined) throw new Error(`There is no cell "${name}"`);
  return cell;
}

describe('the decision-quality benchmark', () => {
  it('plays the same cell again to the same numbers', () => {
    const play = () => playCell(cellNamed('errors 0.1 % → 5 %'), methods, 5, 'again');
    expect(play()).toEqual(play());
  });

  it('catches 0.1 % → 5 % and lets 0.1 % through, the thresholds beside it do not', () => {
    const bad = playCell(cellNamed('errors 0.1 % → 5 %'), methods, 20, 'self-check');
    const equal = playCell(cellNamed('equal, 1 % errors'), methods, 20, 'self-check');
    const failed = (results: typeof bad, name: string) =>
      results.find(({ method }) => method === name)?.failed ?? Number.NaN;
    expect(failed(bad, greengate.name)).toBeGreaterThanOrEqual(18);
    expect(failed(equal, greengate.name)).toBeLessThanOrEqual(1);
    expect(failed(equal, 'Flagger threshold')).toBeGreaterThanOrEqual(17);
    expect(failed(bad, 'Argo failure limit')).toBeLessThanOrEqual(15);
    expect(failed(bad, fixedSample.name)).toBe(20);
  });

  it('measures its targets: met by good results, missed without any', () => {
    const results = ['errors 0.1 % → 5 %', 'equal, 1 % errors'].flatMap((name) =>
      playCell(cellNamed(name), [greengate], 40, 'targets'),
    );
    const byName = new Map(targets(results).map((target) => [target.name, target]));
    expect(byName.get('errors 0.1 % → 5 % caught within 500 pairs')).toMatchObject({ bound: 0.95 });
    expect(byName.get('false rollback, worst equal cell')?.met).toBe(true);
    expect(byName.get('p95 ×1.5, lognormal, caught within 1,000 pairs')).toEqual({
      name: 'p95 ×1.5, lognormal, caught within 1,000 pairs',
      value: null,
      bound: 0.95,
      met: false,
    });
  });

  it('sizes the fixed sample as the textbook does', () => {
    // Fleiss, Levin, Paik: (2.5758 sqrt(2 0.075 0.925) + 2.3263 sqrt(0.1375))^2 / 0.05^2 by hand.
    expect(fixedPairs).toBe(1329);
    expect(pairsFor(0.001)).toBeLessThan(pairsFor(0.01));
  });

  it.each([
    { name: 'lognormal', model: lognormal, p50: 50, p95: 50 * Math.exp(0.5 * 1.6449) },
    { name: 'heavy-tailed', model: heavyTailed, p50: 50, p95: 94.9 * 2 ** (2 / 3) },
  ])('draws latencies with the quantiles that it states, $name', ({ model, p50, p95 }) => {
    const random = seededRandom('latency');
    const drawn = Float64Array.from({ length: 40_000 }, () => model(random)).sort();
    expect(Math.abs((drawn[20_000] ?? 0) / p50 - 1)).toBeLessThan(0.02);
    expect(Math.abs((drawn[38_000] ?? 0) / p95 - 1)).toBeLessThan(0.03);
  });

  it('has 1 % errors in its bursts, in the long run', () => {
    const random = seededRandom('bursts');
    let errors = 0;
    const runs = 60;
    const results = Array.from({ length: runs }, (_, run) => {
      const stream = {
        pairs: 3_000,
        originalError: new Uint8Array(3_000),
        replacementError: new Uint8Array(3_000),
        originalMs: new Float64Array(3_000),
        replacementMs: new Float64Array(3_000),
      };
      cellNamed('equal, bursts of errors on either side').fill(
        stream,
        seededRandom(`${random()}${run}`),
      );
      return stream;
    });
    for (const { originalError } of results) for (const error of originalError) errors += error;
    expect(errors / (runs * 3_000)).toBeGreaterThan(0.008);
    expect(errors / (runs * 3_000)).toBeLessThan(0.012);
  });

  it('shifts by the median of all differences (Hodges and Lehmann)', () => {
    // Differences 4-1, 4-3, 8-1, 8-3: 1, 3, 5, 7.
    expect(hodgesLehmann([4, 8], [1, 3])).toBe(4);
    expect(isHigh([1, 2, 3], [1, 2, 3])).toBe(false);
    const control = Array.from({ length: 50 }, (_, at) => at % 7);
    expect(
      isHigh(
        control.map((value) => value + 5),
        control,
      ),
    ).toBe(true);
    expect(
      isHigh(
        control.map((value) => value - 5),
        control,
      ),
    ).toBe(false);
  });

  it('draws pictures that name every case', () => {
    const results = ['equal, 1 % errors', 'p95 ×2, lognormal'].flatMap((name) =>
      playCell(cellNamed(name), methods, 2, 'plot'),
    );
    expect(falseRollbacksPlot(results)).toContain('>equal, 1 % errors</text>');
    expect(caughtPlot(results)).toContain('>p95 ×2, lognormal</text>');
    expect(`${falseRollbacksPlot(results)}${caughtPlot(results)}`).not.toContain('NaN');
  });
});
