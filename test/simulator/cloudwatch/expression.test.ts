import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileExpression } from '../../../simulator/cloudwatch/expression.ts';

const minutes = 60_000;
const x = undefined;
type Points = readonly (number | undefined)[];

/** Evaluates over the given metrics, one point a minute from 09:00 on Saturday, 2026-11-21. */
function evaluate(source: string, metrics: Record<string, Points>): Points {
  const length = Object.values(metrics)[0]?.length ?? 1;
  const start = Date.UTC(2026, 10, 21, 9);
  return compileExpression(source).evaluate({
    starts: Array.from({ length }, (_, index) => start + index * minutes),
    periodSeconds: 60,
    series: (id) => metrics[id] ?? Array.from({ length }, () => undefined),
    metrics: (text) =>
      Object.entries(metrics)
        .filter(([id]) => id.includes(text))
        .map(([, points]) => points),
    periodOf: () => 60,
  });
}
const at = (source: string, values: Record<string, number>) =>
  evaluate(
    source,
    Object.fromEntries(Object.entries(values).map(([id, value]) => [id, [value]])),
  )[0];

describe('a metric math expression', () => {
  it.each([
    ['m1+m2', 10],
    ['m1 - m2 - 1', 5],
    ['100*m2/m1', 25],
    ['(m1+m2)*-1', -10],
    ['m2^3', 8],
    ['m1 > m2', 1],
    ['m1 == m2', 0],
    ['m1 > 3 AND m2 > 3', 0],
    ['m1 > 3 || m2 > 3', 1],
    ['m1 - m2 >= 6 && m1 != 1', 1],
    ['FILL(absent, 0) + m2', 2],
    ['FILL(m1, 0)', 8],
    ['FILL(absent,-1.5)', -1.5],
    ['FILL(absent, m2)', 2],
    ['m1/0', undefined],
    ['absent + m1', undefined],
    ['IF(m1 > 5, m2, 0)', 2],
    ['IF(m1 < 5, m2)', undefined],
    ['SUM(METRICS())', 10],
    ['AVG([m1, m2, 5])', 5],
    ['MAX(METRICS("m1"))', 8],
    ['METRIC_COUNT(METRICS())', 2],
    ['ABS(m2 - m1) + CEIL(0.2) + FLOOR(1.9)', 8],
    ['LOG10(100)', 2],
    ['LOG(0)', undefined],
    ['PERIOD(m1)', 60],
    ['m1 / PERIOD(m1)', 8 / 60],
    ['HOUR(m1) * 100 + DAY(m1)', 906],
    ['FIRST([m1, m2]) - LAST([m1, m2])', 6],
  ])('%s is %s', (source, value) => {
    expect(at(source, { m1: 8, m2: 2 })).toBe(value);
  });

  it.each<[string, Points]>([
    ['FILL(m, 0)', [1, 0, 0, 7]],
    ['FILL(m, REPEAT)', [1, 1, 1, 7]],
    ['FILL(m, LINEAR)', [1, 3, 5, 7]],
    ['DIFF(m)', [x, x, x, 6]],
    ['DIFF_TIME(m)', [x, x, x, 180]],
    ['RATE(m)', [x, x, x, 6 / 180]],
    ['RUNNING_SUM(m)', [1, x, x, 8]],
    ['AVG(m)', [4, 4, 4, 4]],
    ['m > AVG(m)', [0, x, x, 1]],
    ['SUM([m, n])', [11, 20, 30, 47]],
    ['STDDEV(n)', [125 ** 0.5, 125 ** 0.5, 125 ** 0.5, 125 ** 0.5]],
    ['MIN(n) + DATAPOINT_COUNT(m)', [12, 12, 12, 12]],
    ['SUM(METRICS() * 2)', [22, 40, 60, 94]],
    ['IF(n > 25, n, m)', [1, x, 30, 40]],
    ['TIME_SERIES(3)', [3, 3, 3, 3]],
  ])('%s over time is %s', (source, points) => {
    expect(evaluate(source, { m: [1, x, x, 7], n: [10, 20, 30, 40] })).toEqual(points);
  });

  it.each([
    "SEARCH('{AWS/ApplicationELB}', 'Sum', 300)",
    'ANOMALY_DETECTION_BAND(m1, 2)',
    'SORT(METRICS(), AVG, DESC)',
    'm1 +',
    '(m1',
    'm1 m2',
    '',
    'FILL(m1 REPEAT)',
    'm1;',
    'UPPER',
  ])('%s is refused by name', (source) => {
    expect(() => compileExpression(source)).toThrow(`Expression ${JSON.stringify(source)}`);
  });

  it('must yield one time series, and give its functions what they take', () => {
    expect(() => at('METRICS()', { m1: 1 })).toThrow('yields several time series');
    expect(() => at('RATE(3)', { m1: 1 })).toThrow('gives RATE what it does not take');
  });

  it('names the ids that it needs', () => {
    expect([...compileExpression('100*m2/(m1+FILL(m3,0))').ids].sort()).toEqual(['m1', 'm2', 'm3']);
  });

  it('agrees with JavaScript on arithmetic of any shape', () => {
    const operand = fc.oneof(fc.constantFrom('m1', 'm2'), fc.nat(99).map(String));
    const { source } = fc.letrec<{ source: string }>((tie) => ({
      source: fc.oneof(
        { maxDepth: 4 },
        operand,
        fc
          .tuple(tie('source'), fc.constantFrom('+', '-', '*'), tie('source'))
          .map(([a, symbol, b]) => `${a} ${symbol} ${b}`),
        tie('source').map((inner) => `(${inner})`),
      ),
    }));
    fc.assert(
      fc.property(source, fc.integer({ max: 50, min: -50 }), (text, m1) => {
        const expected: unknown = new Function('m1', 'm2', `return ${text}`)(m1, 3);
        expect(at(text, { m1, m2: 3 })).toBe(expected);
      }),
    );
  });
});
