import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainLine, plainLines } from '../../../functions/core/probe/plain-text.ts';

const esc = '\u001b';

describe('plainLine', () => {
  it.each([
    ['a colour', `${esc}[31mred${esc}[0m`, 'red'],
    ['a cleared screen', `a${esc}[2J${esc}[Hb`, 'ab'],
    ['a window title', `a${esc}]0;owned\u0007b`, 'ab'],
    ['a link', `${esc}]8;;https://evil.example${esc}\\click${esc}]8;;${esc}\\`, 'click'],
    ['an eight-bit sequence', 'a\u009b31mb', 'ab'],
    ['a title that never ends', `a${esc}]0;b\nc`, 'a c'],
    ['a saved cursor', `a${esc}7b`, 'ab'],
    ['line breaks', 'a\r\nb\nc\u2028d', 'a  b c d'],
    ['backspaces', 'passed\b\b\b\b\b\bfailed', 'passed      failed'],
    ['text that runs the other way', 'a\u202eb\u2066c', 'a b c'],
    ['letters of any script', 'Größe 大 😀', 'Größe 大 😀'],
  ])('takes out %s', (_, text, plain) => {
    expect(plainLine(text)).toBe(plain);
  });

  it('leaves no control character, whatever the text', () => {
    const nasty = fc.array(
      fc.constantFrom(esc, '[', ']', '31m', '\u0007', '\u009b', '\\', 'x', '\n', '\u202e'),
    );
    fc.assert(
      fc.property(nasty, (parts) => {
        expect(plainLine(parts.join(''))).not.toMatch(/[\p{Cc}\u202e]/u);
        expect(plainLines(parts.join(''))).not.toMatch(/(?!\n)[\p{Cc}\u202e]/u);
      }),
    );
  });
});

describe('plainLines', () => {
  it('keeps line breaks and nothing else that moves', () => {
    expect(plainLines(`a\r\n${esc}[1mb\tc\rd`)).toBe('a\nb c d');
  });
});
