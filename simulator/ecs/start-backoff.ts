const firstDelayMs = 10_000;
const longestDelayMs = 15 * 60_000;

/** Growing delay between attempts of tasks that never reach RUNNING, up to 15 minutes (aws-facts 2.6). */
export class StartBackoff {
  #failures = 0;

  failed(): void {
    this.#failures++;
  }

  /** A task that runs ends the delay, even if it dies at once. */
  succeeded(): void {
    this.#failures = 0;
  }

  get delayMs(): number {
    if (this.#failures === 0) return 0;
    return Math.min(longestDelayMs, firstDelayMs * 2 ** (this.#failures - 1));
  }
}
