import { performance } from 'node:perf_hooks';

/** Real milliseconds that count: all of them, or only those during which real work ran. */
export class RunningTime {
  readonly #always: boolean;
  #elapsedMs = 0;
  #works = 0;
  #sinceMs: number;

  constructor(always: boolean) {
    this.#always = always;
    this.#sinceMs = performance.now();
  }

  /** True while no real time counts. */
  get stands(): boolean {
    return !this.#always && this.#works === 0;
  }

  elapsedMs(): number {
    return this.#elapsedMs + (this.stands ? 0 : performance.now() - this.#sinceMs);
  }

  /** Counts until the returned function is called. */
  run(): () => void {
    if (this.stands) this.#sinceMs = performance.now();
    this.#works++;
    return () => {
      this.#elapsedMs = this.elapsedMs();
      this.#sinceMs = performance.now();
      this.#works--;
    };
  }
}
