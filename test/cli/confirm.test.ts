import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { isConfirmed } from '../../cli/terminal/confirm.ts';

/** Somebody at a terminal: what is typed, and what was shown. */
function terminal({ inputIsTTY = true, outputIsTTY = true } = {}) {
  const input = Object.assign(new PassThrough(), { isTTY: inputIsTTY });
  const output = Object.assign(new PassThrough(), { isTTY: outputIsTTY });
  return { input, output, shown: () => output.read()?.toString('utf8') ?? '' };
}

describe('isConfirmed', () => {
  it.each([
    ['y', true],
    ['YES', true],
    [' yes ', true],
    ['n', false],
    ['', false],
    ['yesterday', false],
  ])('takes "%s" for %s', async (typed, confirmed) => {
    const { input, output, shown } = terminal();
    const answer = isConfirmed('Roll shop back?', { input, output });
    input.write(`${typed}\n`);
    expect(await answer).toBe(confirmed);
    expect(shown()).toContain('Roll shop back? [y/N] ');
  });

  it('takes a closed input, as by Ctrl-D, for a no', async () => {
    const { input, output } = terminal();
    const answer = isConfirmed('Roll shop back?', { input, output });
    input.end();
    expect(await answer).toBe(false);
  });

  it.each([
    ['a pipe is read', { inputIsTTY: false }],
    ['stderr goes to a file', { outputIsTTY: false }],
  ])('asks nobody where %s', async (_, options) => {
    const { input, output, shown } = terminal(options);
    expect(await isConfirmed('Roll shop back?', { input, output })).toBe(true);
    expect(shown()).toBe('');
  });
});
