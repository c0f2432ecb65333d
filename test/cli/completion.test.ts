import { execFileSync, spawnSync } from 'node:child_process';
import { Command } from 'commander';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { completionCommand } from '../../cli/commands/completion.ts';
import { bashCompletion, fishCompletion, zshCompletion } from '../../cli/completion/scripts.ts';

const option = (flag: string, takesValue: boolean, file = false) => ({
  flag,
  description: "what it's [for]: this",
  takesValue,
  file,
  choices: [],
});
const noArgument = { choices: [], file: false };
const commands = [
  {
    name: 'wait',
    description: 'Wait for a release',
    options: [option('--service', true), option('--junit', true, true), option('--json', false)],
    ...noArgument,
  },
  { name: 'status', description: 'Show', options: [option('--json', false)], ...noArgument },
  {
    name: 'rehearse',
    description: 'Play',
    options: [
      option('--json', true, true),
      { ...option('--strategy', true), choices: ['canary', 'rolling'] },
    ],
    ...noArgument,
  },
  {
    name: 'validate',
    description: 'Check',
    options: [option('--json', false)],
    choices: [],
    file: true,
  },
];

/** What bash would offer after these words. */
function offered(...words: string[]): string[] {
  const script = `${bashCompletion(commands)}
COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}
_greengate; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).split('\n').filter(Boolean);
}

describe('completionCommand', () => {
  it('completes itself with the shells, and files where an option names one', async () => {
    const printed = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    onTestFinished(() => {
      printed.mockRestore();
      process.exitCode = undefined;
    });
    const other = new Command('simulator').option('--template <file>').option('--port <number>');
    await completionCommand(async () => [other]).parseAsync(['bash'], { from: 'user' });
    const script = String(printed.mock.calls[0]?.[0]);
    expect(script).toContain('compgen -W "simulator completion --help"');
    expect(script).toContain('completion) words="--help bash zsh fish"');
    const files = new Command('validate').argument('[file]');
    await completionCommand(async () => [files]).parseAsync(['bash'], { from: 'user' });
    expect(String(printed.mock.calls[1]?.[0])).toMatch(/validate\\ \*\) .*compgen -f/);
    expect(script).toMatch(/ simulator\\ --template\) .*compgen -f/);
  });
});

describe('bashCompletion', () => {
  it.each([
    [
      ['greengate', ''],
      ['wait', 'status', 'rehearse', 'validate', '--help'],
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
    [['greengate', 'wait', '--json', '--s'], ['--service']],
    [['greengate', 'rehearse', '--json', 'package.js'], ['package.json']],
    [['greengate', 'wait', '--service', ''], []],
    [
      ['greengate', 'rehearse', '--strategy', ''],
      ['canary', 'rolling'],
    ],
    [['greengate', 'rehearse', '--strategy', 'r'], ['rolling']],
    [['greengate', 'validate', 'package.js'], ['package.json']],
    [['greengate', 'validate', '--json', 'package.js'], ['package.json']],
    [['greengate', 'validate', '--j'], ['--json']],
    [['greengate', 'status', 'package.js'], []],
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

  it('offer the values of an option, and paths for an argument that is one', () => {
    expect(zshCompletion(commands)).toContain("for\\]\\: this]:value:(canary rolling)'");
    expect(zshCompletion(commands)).toMatch(/ validate\) _arguments .* '1:path:_files' ;;/);
    const fish = fishCompletion(commands).split('\n');
    expect(fish).toContain('complete -c greengate -n "__fish_seen_subcommand_from validate" -F');
    expect(
      fish.filter((line) => line.includes(" -l strategy -x -a 'canary rolling' -d ")),
    ).toHaveLength(1);
  });

  it('are accepted by the shells that are installed', () => {
    expect(syntaxErrors('bash', bashCompletion(commands))).toBe('');
    expect(syntaxErrors('zsh', zshCompletion(commands)) ?? '').toBe('');
    expect(syntaxErrors('fish', fishCompletion(commands)) ?? '').toBe('');
  });
});
