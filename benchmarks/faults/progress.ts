import { violationsOf } from './campaign-report.ts';
import type { PlayedCase } from './play-case.ts';

const intervalMs = 10_000;

/** Tells every few seconds how far a campaign is, and of every violation at once. */
export class Progress {
  readonly #total: number;
  readonly #write: (line: string) => void;
  readonly #startedAt = performance.now();
  #done = 0;
  #violations = 0;
  #toldAt = performance.now();

  constructor(total: number, write: (line: string) => void) {
    this.#total = total;
    this.#write = write;
  }

  played(played: PlayedCase): void {
    this.#done++;
    const violations = violationsOf(played);
    this.#violations += violations.length;
    for (const { invariant, sentence, reproduce, again } of violations) {
      const where = again ? '' : ' (not in a new world)';
      this.#write(`VIOLATION ${invariant}${where}: ${sentence}\n  ${reproduce}`);
    }
    const now = performance.now();
    if (now - this.#toldAt < intervalMs && this.#done < this.#total) return;
    this.#toldAt = now;
    this.#write(this.#line(now));
  }

  #line(now: number): string {
    const elapsedMs = now - this.#startedAt;
    const leftMs = (elapsedMs / this.#done) * (this.#total - this.#done);
    return `[${this.#done}/${this.#total}] ${minutes(elapsedMs)} min, about ${minutes(leftMs)} to go, ${this.#violations} violations`;
  }
}

function minutes(ms: number): string {
  return (ms / 60_000).toFixed(1);
}
