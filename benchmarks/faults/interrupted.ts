import { readFileSync } from 'node:fs';
import { UsageError } from '../../cli/terminal/run-command.ts';
import { caseId, type FaultCase, parseCaseId } from './fault-case.ts';
import type { PlayedCase } from './play-case.ts';

/** What an interrupted campaign leaves for the next one, as a part of its report. */
export interface Interrupted {
  readonly played: readonly PlayedCase[];
  /** Names of the planned cases that were not played. */
  readonly left: readonly string[];
  readonly wallSeconds: number;
}

/** What is left of the cases that were planned. */
export function leftOf(planned: readonly FaultCase[], played: readonly PlayedCase[]): string[] {
  const done = new Set(played.map(({ id }) => id));
  return planned.map(caseId).filter((id) => !done.has(id));
}

/** Reads the report of a campaign. Throws UsageError for a file that is none. */
export function readInterrupted(file: string): Interrupted {
  const report = readJson(file);
  const { played, left, wallSeconds } = report as Partial<Interrupted>;
  if (!Array.isArray(played) || !Array.isArray(left) || typeof wallSeconds !== 'number') {
    throw new UsageError(
      `--resume takes what --json has written, with "played", "left" and "wallSeconds"; ${file} lacks them`,
    );
  }
  for (const id of left) parseCaseId(id);
  return { played, left, wallSeconds };
}

function readJson(file: string): object {
  try {
    return Object(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`--resume cannot read ${file}: ${reason}`);
  }
}
