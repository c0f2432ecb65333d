import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { outliveReaders } from '../../cli/terminal/outlive-readers.ts';
import { repositoryRoot } from '../architecture/source-files.ts';

/** Prints, and once it is told that its reader is gone prints again; ends as a release that was rolled back. */
const script = `
import { outliveReaders } from './cli/terminal/outlive-readers.ts';
import { runCommand } from './cli/terminal/run-command.ts';
outliveReaders();
await runCommand(async () => {
  process.stdout.write('first\\n');
  await new Promise((resolve) => process.stdin.once('data', resolve));
  process.stdin.destroy();
  process.stdout.write('second\\n');
  process.stderr.write('third\\n');
  await new Promise((resolve) => setImmediate(resolve));
  process.stdout.write('fourth\\n');
  return 2;
});`;

it('a command whose reader has gone still ends with its own exit code', async () => {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', script],
    { cwd: repositoryRoot, stdio: ['pipe', 'pipe', 'pipe'] },
  );
  await once(child.stdout, 'data');
  child.stdout.destroy();
  child.stderr.destroy();
  child.stdin.end('go');
  expect(await once(child, 'exit')).toEqual([2, null]);
});

it.each([
  ['EPIPE', []],
  ['ENOSPC', [1]],
])('output lost by %s ends it with %j', (code, expected) => {
  const ended: number[] = [];
  const output = new PassThrough();
  outliveReaders([output as never], (exitCode) => ended.push(exitCode));
  output.emit('error', Object.assign(new Error(code), { code }));
  expect(ended).toEqual(expected);
});
