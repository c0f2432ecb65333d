import { realpathSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Command } from 'commander';
import { outliveReaders } from './outlive-readers.ts';

/** Runs a command when its own file was started, as an npm script does, and not when another file imports it. */
export async function runAsScript(moduleUrl: string, command: Command): Promise<void> {
  const started = process.argv[1];
  if (started === undefined || pathToFileURL(realpathSync(started)).href !== moduleUrl) return;
  outliveReaders();
  await command.parseAsync();
}
