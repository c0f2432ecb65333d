import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitWords, WordError } from '../../../simulator/oci/dockerfile/split-words.ts';

const variables: Record<string, string> = { VERSION: 'v2', SPACED: 'a b', EMPTY: '' };
const split = (text: string) => splitWords(text, (name) => variables[name]);

describe('splitWords', () => {
  it.each([
    ['a  b\tc', ['a', 'b', 'c']],
    ['V=$VERSION', ['V=v2']],
    ['V=${VERSION}x', ['V=v2x']],
    ['${MISSING:-fallback}', ['fallback']],
    ['${EMPTY:-fallback}', ['fallback']],
    ['${VERSION:-fallback}', ['v2']],
    ['${VERSION:+set} ${MISSING:+set}x', ['set', 'x']],
    ['${MISSING:-$VERSION}', ['v2']],
    ['"two words" three', ['two words', 'three']],
    ['"$VERSION" \'$VERSION\'', ['v2', '$VERSION']],
    ['\\$VERSION', ['$VERSION']],
    ['a\\ b', ['a b']],
    ['"say \\"hi\\""', ['say "hi"']],
    ['A="" B', ['A=', 'B']],
    ['""', ['']],
    ['costs $5', ['costs', '$5']],
    ['', []],
  ])('reads %j as %j', (text, words) => {
    expect(split(text)).toEqual(words);
  });

  it('never splits a value that a variable brought in', () => {
    expect(split('x=$SPACED')).toEqual(['x=a b']);
  });

  it.each(['"open', "'open", '${VERSION', '${VERSION:?why}', '${1}'])('refuses %j', (text) => {
    expect(() => split(text)).toThrow(WordError);
  });

  it('gives back words that were quoted, whatever is in them', () => {
    const quoted = (word: string) => `'${word}'`;
    const word = fc.string().filter((text) => !text.includes("'"));
    fc.assert(
      fc.property(fc.array(word), (words) => {
        expect(split(words.map(quoted).join(' '))).toEqual(words);
      }),
    );
  });

  it('ends on any input, with words or a WordError', () => {
    const text = fc.string({
      unit: fc.constantFrom('$', '{', '}', ':', '-', '"', "'", '\\', ' ', 'A'),
    });
    fc.assert(
      fc.property(text, (input) => {
        try {
          expect(Array.isArray(split(input))).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(WordError);
        }
      }),
    );
  });
});
