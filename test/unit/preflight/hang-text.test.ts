import { describe, expect, it } from 'vitest';
import { hangText } from '../../../functions/core/preflight/hang-text.ts';

const text = 'image v2 of team/shop is built for linux/arm64, expected linux/amd64';

describe('hangText', () => {
  it('leaves a line that fits, to the last column', () => {
    expect(hangText('NG  ', 4, text, 4 + text.length)).toEqual([`NG  ${text}`]);
  });

  it('goes on below the text, between words', () => {
    expect(hangText('NG  ', 4, text, 40)).toEqual([
      'NG  image v2 of team/shop is built for',
      '    linux/arm64, expected linux/amd64',
    ]);
  });

  it('counts the columns that are seen, not the colours', () => {
    const [first] = hangText('\u001b[31mNG\u001b[39m  ', 4, text, 40);
    expect(first).toBe('\u001b[31mNG\u001b[39m  image v2 of team/shop is built for');
  });

  it('puts the text below the head where too little room is left beside it', () => {
    expect(hangText('NG  image-platform  ', 20, text, 44)).toEqual([
      'NG  image-platform',
      '      image v2 of team/shop is built for',
      '      linux/arm64, expected linux/amd64',
    ]);
  });

  it('keeps a word whole that is longer than a line, for it may be copied', () => {
    const arn = `arn:aws:iam::123456789012:role/${'x'.repeat(60)}`;
    expect(hangText('NG  ', 4, `role ${arn} is gone`, 40)).toEqual([
      'NG  role',
      `    ${arn}`,
      '    is gone',
    ]);
  });
});
