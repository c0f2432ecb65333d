import { renameSync, writeFileSync } from 'node:fs';
import { UsageError } from '../../cli/terminal/run-command.ts';
import { type CampaignReport, campaignReport } from './campaign-report.ts';
import type { FaultCase } from './fault-case.ts';
import { type Interrupted, leftOf } from './interrupted.ts';
import type { PlayedCase } from './play-case.ts';

/** Played between two writes: what a campaign that is killed loses at most. */
export const casesPerWrite = 20;

/** The report of a campaign as it goes on, and its file, which `--resume` takes. */
export class KeptReport {
  readonly #startedAt = performance.now();
  readonly #before: Pick<Interrupted, 'played' | 'wallSeconds'>;
  readonly #planned: readonly FaultCase[];
  readonly #file: string | undefined;
  readonly #played: PlayedCase[] = [];

  /** Throws UsageError where the file cannot be written, before anything is played. */
  constructor(
    planned: readonly FaultCase[],
    file: string | undefined,
    before: Pick<Interrupted, 'played' | 'wallSeconds'> = { played: [], wallSeconds: 0 },
  ) {
    this.#planned = planned;
    this.#file = file;
    this.#before = before;
    try {
      this.write();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new UsageError(`--json cannot write ${file}: ${reason}`);
    }
  }

  add(one: PlayedCase): void {
    this.#played.push(one);
    if (this.#played.length % casesPerWrite === 0) this.write();
  }

  /** Writes what there is by now, whole or not at all, and returns it. */
  write(): CampaignReport {
    const played = [...this.#before.played, ...this.#played];
    const left = leftOf(this.#planned, this.#played);
    const wallSeconds = (performance.now() - this.#startedAt) / 1_000 + this.#before.wallSeconds;
    const report = campaignReport(played, { planned: played.length + left.length, wallSeconds });
    if (this.#file !== undefined) {
      const text = `${JSON.stringify({ ...report, left, played }, undefined, 2)}\n`;
      writeFileSync(`${this.#file}.part`, text);
      renameSync(`${this.#file}.part`, this.#file);
    }
    return report;
  }
}
