import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { bashCompletion, fishCompletion, zshCompletion } from '../../cli/completion/scripts.ts';

const option = (flag: string, takesValue: boolean, file = false) => ({
  flag,
  description: "what it's [for]: this",
  takesValue,
  file,
  choices: [],
});
const commands = [
  {
    name: 'wait',
    description: 'Wait for a release',
    options: [option('--service', true), option('--junit', true, true), option('--json', false)],
    choices: [],
  },
  { name: 'status', description: 'Show', options: [option('--json', false)], choices: [] },
];

/** What bash would offer after these words. */
function offered(...words: string[]): string[] {
  const script = `${bashCompletion(commands)}
COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}
_greengate; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).split('\n').filter(Boolean);
}

describe('bashCompletion', () => {
  it.each([
    [
      ['greengate', ''],
      ['wait', 'status', '--help'],
    ],
    [['greengate', 'st'], ['status']],
    [
      ['greengate', 'wait', '--j'],
      ['--junit', '--json'],
    ],
    [
      ['greengate', 'status', '--'],
      ['--json', '--help'],
    ],
    [['greengate', 'wait', '--service', ''], []],
    [['greengate', 'wait', '--junit', 'package.js'], ['package.json']],
  ])('after %j offers %j', (words, expected) => {
    expect(offered(...words)).toEqual(expected);
  });
});

/** A shell's own syntax check; undefined where the shell is not installed. */
function syntaxErrors(shell: string, script: string): string | undefined {
  const { error, stderr } = spawnSync(shell, ['-n'], { input: script, encoding: 'utf8' });
  return error === undefined ? stderr : undefined;
}

describe('zshCompletion and fishCompletion', () => {
  it('quote descriptions as each shell needs it', () => {
    expect(zshCompletion(commands)).toContain(
      "'--junit[what it'\\''s \\[for\\]\\: this]:value:_files'",
    );
    expect(fishCompletion(commands)).toContain(
      `complete -c greengate -n "__fish_seen_subcommand_from wait" -l junit -r -F -d 'what it\\'s [for]: this'`,
    );
  });

  it('are accepted by the shells that are installed', () => {
    expect(syntaxErrors('bash', bashCompletion(commands))).toBe('');
    expect(syntaxErrors('zsh', zshCompletion(commands)) ?? '').toBe('');
    expect(syntaxErrors('fish', fishCompletion(commands)) ?? '').toBe('');
  });
});
