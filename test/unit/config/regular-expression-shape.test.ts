import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canBacktrackForever } from '../../../functions/core/config/regular-expression-shape.ts';

describe('canBacktrackForever', () => {
  it.each([
    '(a+)+',
    '(a*)*',
    '(?:a+)+$',
    '(?<word>\\w+\\s?)*$',
    '((a+))+',
    '(a|b+)+',
    '(.*)+x',
    '([a-z]+)*@',
    '^(\\d+)+$',
    '(a{2,})+',
    '(a+b?)+',
    '(?=(a+)+b)',
    'x(y(z+)*)w',
    '(\\p{L}+){2,}',
    '(a|a)*',
    '(\\w|\\d)+$',
    '(?:[ab]|a|x)*',
  ])('finds the repetition within a repetition of %s', (pattern) => {
    expect(canBacktrackForever(pattern)).toBe(true);
  });

  it.each([
    '^[a-z]+$',
    '(\\w+,)*\\w+',
    '(a+b)+',
    '(a+)?',
    '(a+){3}',
    '(?:\\d{1,3}\\.){3}\\d{1,3}',
    '[(a+)+]',
    '\\(a+\\)+',
    '^(a|b)+$',
    '(a{2,5})+',
    '<([a-z]+)>.*</\\1>',
    '(?<name>x+)\\k<name>',
    '(?:a|b|\\d)+',
    '(?:(x)|\\1y|z)+',
    '(a|ab)',
    '^$',
    '',
  ])('takes %s', (pattern) => {
    expect(canBacktrackForever(pattern)).toBe(false);
  });

  it('reads any valid pattern to its end', () => {
    const parts = fc.constantFrom(
      'a',
      '+',
      '*',
      '?',
      '(',
      ')',
      '(?:',
      '|',
      '[ab]',
      '\\d',
      '^',
      '{2,}',
      '{3}',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 12 }), (all) => {
        const pattern = all.join('');
        let valid = true;
        try {
          new RegExp(pattern, 'u');
        } catch {
          valid = false;
        }
        fc.pre(valid);
        expect([true, false]).toContain(canBacktrackForever(pattern));
        // A group that nothing repeats changes nothing.
        expect(canBacktrackForever(`(?:${pattern})`)).toBe(canBacktrackForever(pattern));
      }),
    );
  });

  it('misses none that takes exponential time on one letter', () => {
    const atom = fc.constantFrom('a', '\\w', '[ab]', '.');
    const inner = fc.tuple(atom, fc.constantFrom('+', '*', '{1,}')).map((it) => it.join(''));
    const outer = fc.constantFrom('+', '*', '{2,}');
    fc.assert(
      fc.property(inner, outer, (one, many) => {
        expect(canBacktrackForever(`^(${one})${many}$`)).toBe(true);
      }),
    );
  });
});
