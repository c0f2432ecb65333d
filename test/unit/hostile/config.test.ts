import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { parseConfig } from '../../../functions/core/config/parse.ts';
import { configOf, serviceConfig } from '../../support/builders/releases.ts';
import { hostileDocuments } from '../../support/hostile-values.ts';
import { serviceText } from '../config/config-text.ts';

const parse = (text: string) => parseConfig(text, 'greengate.yaml');
const messagesOf = (text: string) => {
  const parsed = parse(text);
  return parsed.ok ? [] : parsed.problems.map(({ message }) => message);
};

/** Nine lists of nine, nine deep: a thousand million items. */
const bomb = Array.from({ length: 9 }, (_, level) => {
  const items = Array.from({ length: 9 }, () => (level === 0 ? 'lol' : `*a${level - 1}`));
  return `a${level}: &a${level} [${items.join(', ')}]\n`;
}).join('');

describe('a hostile configuration', () => {
  it.each<[string, string, RegExp]>([
    ['aliases of aliases', bomb, /alias/i],
    ['an alias of itself', `${serviceText}a: &a [*a]\n`, /./],
    ['lists within lists', '['.repeat(20_000), /./],
    ['maps within maps', 'a: {'.repeat(20_000), /./],
    [
      'lists of one line each',
      Array.from({ length: 5_000 }, (_, at) => `${' '.repeat(at)}-`).join('\n'),
      /./,
    ],
    [
      'a file of two megabytes',
      `${serviceText}# ${'x'.repeat(2_000_000)}\n`,
      /is 2\d{6} bytes, expected at most 1048576/,
    ],
    ['a tag that makes an object', 'services: !!js/function "x"\n', /./],
    [
      'a member called __proto__',
      `${serviceText}__proto__: { polluted: true }\n`,
      /is not a known member/,
    ],
    [
      'a member called constructor',
      `${serviceText}constructor: { polluted: true }\n`,
      /is not a known member/,
    ],
    [
      'a number beyond all limits',
      `${serviceText}    failFast: { stoppedTasks: 1e999 }\n`,
      /Infinity/,
    ],
    ['a control character', serviceText.replace('shop', 'sh\u0007op'), /./],
  ])('of %s is refused in words', (_, text, message) => {
    const messages = messagesOf(text);

    expect(messages.join('\n')).toMatch(message);
    expect(messages.join('\n').length).toBeLessThan(20_000);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  // In four parts, each of which has the time of a test: a document may hold thousands of mistakes.
  it.each([1, 2, 3, 4])('is parsed or refused, whatever becomes of its members (%i of 4)', () => {
    const sound = configOf(serviceConfig());
    expect(parse(stringify(sound)).ok).toBe(true);
    fc.assert(
      fc.property(hostileDocuments(sound), (document) => {
        const parsed = parse(stringify(document));
        expect(parsed.ok).toBe(false);
        if (!parsed.ok) expect(parsed.problems.length).toBeGreaterThan(0);
      }),
      { numRuns: 25 },
    );
  });

  it('is parsed or refused, whatever the text', () => {
    const scraps = fc.constantFrom(
      'services',
      ':',
      ' ',
      '\n',
      '- ',
      '&a',
      '*a',
      '<<',
      '{',
      '}',
      '[',
      ']',
      '"',
      "'",
      '|',
      '>',
      '!!',
      '?',
      '#',
      '---',
      '\t',
      '%',
      '@',
      '\u0000',
      '\ud800',
      'é',
    );
    fc.assert(
      fc.property(fc.array(scraps, { maxLength: 60 }), (parts) => {
        expect(parse(parts.join('')).ok).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});
