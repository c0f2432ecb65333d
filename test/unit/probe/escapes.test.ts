import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { base64Finders } from '../../../functions/core/probe/base64-spellings.ts';
import { beginningsAt } from '../../../functions/core/probe/escapes.ts';
import { spelledFinder } from '../../../functions/core/probe/secret-spellings.ts';

const codes = (text: string) => Array.from(text, (one) => one.charCodeAt(0));

/** How often a finder would be asked in a text, when it is asked only where it may begin. */
function asked(text: string, values: readonly string[]): number {
  const finders = values.flatMap((value) => [spelledFinder(value), ...base64Finders(value)]);
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const beginnings = beginningsAt(text, at);
    for (const { firsts } of finders) if (beginnings.some((one) => firsts.has(one))) count++;
  }
  return count;
}

describe('beginningsAt', () => {
  it.each<[string, string, number[]]>([
    ['a letter', 'a', codes('a')],
    ['percent-encoding', '%41', codes('%A')],
    ['percent-encoding twice', '%2541', codes('%A')],
    ['the first byte of several', '%C3%B6', [37, 0x100c3]],
    ['a percent sign', '%zz', codes('%')],
    ['a Unicode escape, or a u that needed none', '\\u0041', codes('\\uA')],
    ['a braced one', '\\u{1F600}', codes('\\u').concat(0xd83d)],
    ['a braced one of no character', '\\u{110000}', codes('\\u')],
    ['an escaped letter', '\\n', codes('\\n\n')],
    ['an escape within an escape', '\\\\"', codes('\\"')],
    ['an entity', '&amp;', codes('&')],
    ['another entity', '&lt;', codes('&<')],
    ['an entity by number', '&#65;', codes('&A')],
    ['an entity by a number of no character', '&#1114112;', codes('&')],
    ['a plus, which forms have for a space', '+', codes('+ ')],
    ['a backslash at the end', '\\', codes('\\')],
  ])('of %s is %s', (_, text, expected) => {
    expect(beginningsAt(text, 0)).toEqual(expected);
  });

  it('misses nowhere what a finder would find', () => {
    const pieces = [
      '%',
      '\\',
      '&#',
      '+',
      'u',
      '41',
      '25',
      'C3',
      'B6',
      ';',
      'amp',
      'n',
      'ö',
      '😀',
      'A',
      '/',
      ' ',
    ];
    const text = fc
      .array(fc.constantFrom(...pieces), { maxLength: 12 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(
        text,
        fc.constantFrom('ö', '😀', 'A', '/', ' ', '%', '\\', '&', '\n', 'n', 'u'),
        (spelled, value) => {
          const finder = spelledFinder(value);
          for (let at = 0; at < spelled.length; at++) {
            if (finder.endAt(spelled, at) === undefined) continue;
            expect(beginningsAt(spelled, at).some((one) => finder.firsts.has(one))).toBe(true);
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('lets a secret of many lines be looked for in few places of a percent-encoded body', () => {
    const letters = 'abcdefghijklmnopqrstuvwxyz';
    const lines = Array.from(
      { length: 200 },
      (_, at) => `${letters.charAt(at % 26)}${at} of a key`,
    );
    const body = Array.from({ length: 2_000 }, (_, at) => `%${(65 + (at % 26)).toString(16)}`).join(
      '',
    );

    // Each of its 6,000 places was once asked for all of 800 finders that may begin with an escape.
    expect(asked(body, lines)).toBeLessThan(body.length * 40);
  });
});
