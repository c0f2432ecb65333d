export interface Phase {
  readonly name: string;
  readonly wallSeconds: number;
}

/** Wall time by named phase, for the report. */
export class PhaseTimer {
  readonly phases: Phase[] = [];
  readonly #startedAtMs = performance.now();

  async run<T>(name: string, work: () => Promise<T>): Promise<T> {
    const startedAtMs = performance.now();
    try {
      return await work();
    } finally {
      this.phases.push({ name, wallSeconds: secondsSince(startedAtMs) });
    }
  }

  totalSeconds(): number {
    return secondsSince(this.#startedAtMs);
  }
}

function secondsSince(startedAtMs: number): number {
  return Math.round(performance.now() - startedAtMs) / 1_000;
}
