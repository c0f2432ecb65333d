import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileExpression } from '../../../simulator/cloudwatch/expression.ts';

const lookup = (values: Record<string, number>) => (id: string) => values[id];

describe('a metric math expression', () => {
  it.each([
    ['m1+m2', 10],
    ['m1 - m2 - 1', 5],
    ['100*m2/m1', 25],
    ['(m1+m2)*-1', -10],
    ['FILL(absent, 0) + m2', 2],
    ['FILL(m1, 0)', 8],
    ['FILL(absent,-1.5)', -1.5],
    ['m1/0', undefined],
    ['absent + m1', undefined],
  ])('%s is %s', (source, value) => {
    expect(compileExpression(source).evaluate(lookup({ m1: 8, m2: 2 }))).toBe(value);
  });

  it.each([
    'IF(m1>0,1,0)',
    'SUM(METRICS())',
    'm1 +',
    '(m1',
    'm1 m2',
    '',
    'FILL(m1, REPEAT)',
    'm1;',
  ])('%s is refused by name', (source) => {
    expect(() => compileExpression(source)).toThrow(`Expression ${JSON.stringify(source)}`);
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
        expect(compileExpression(text).evaluate(lookup({ m1, m2: 3 }))).toBe(expected);
      }),
    );
  });
});
