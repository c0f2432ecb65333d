import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { checkWritable } from '../terminal/check-writable.ts';
import { UsageError } from '../terminal/run-command.ts';
import { renderJUnit } from './render-junit.ts';
import { renderSummary } from './render-summary.ts';
import type { RenderedReport } from './rendered-report.ts';

export interface ReportFiles {
  readonly junit?: string;
  readonly summary?: string;
}

/** Options of every command that follows a release to its end. */
export function withReportFiles(command: Command): Command {
  return command
    .option('--junit <file>', 'write every check as a JUnit test, for Jenkins')
    .option('--summary <file>', 'append the outcome as Markdown, for $GITHUB_STEP_SUMMARY');
}

/** Finds out before the release, not hours later, that a file cannot be written. Throws UsageError. */
export function checkReportFiles({ junit, summary }: ReportFiles): void {
  for (const path of [junit, summary]) if (path !== undefined) checkWritable(path);
}

/** JUnit replaces what is there, a summary is appended to it. Throws UsageError. */
export function writeReportFiles(report: RenderedReport, { junit, summary }: ReportFiles): void {
  if (junit !== undefined) write(junit, renderJUnit(report), 'w');
  if (summary !== undefined) write(summary, renderSummary(report), 'a');
}

function write(path: string, text: string, flag: 'w' | 'a'): void {
  try {
    writeFileSync(path, text, { flag });
  } catch (error) {
    throw new UsageError(`Cannot write ${path}: ${error instanceof Error ? error.message : error}`);
  }
}
