/** A bucket of tokens that fills by the second, up to its size. */
export class TokenBucket {
  readonly #size: number;
  readonly #refillPerSecond: number;
  #tokens: number;
  #filledAtMs: number;

  constructor(size: number, refillPerSecond: number, nowMs: number) {
    this.#size = size;
    this.#refillPerSecond = refillPerSecond;
    this.#tokens = size;
    this.#filledAtMs = nowMs;
  }

  /** Takes so many tokens; false, and nothing taken, when there are fewer. */
  take(nowMs: number, count = 1): boolean {
    this.#fill(nowMs);
    if (this.#tokens < count) return false;
    this.#tokens -= count;
    return true;
  }

  /** Whether a new bucket would do as well. */
  isFull(nowMs: number): boolean {
    this.#fill(nowMs);
    return this.#tokens === this.#size;
  }

  #fill(nowMs: number): void {
    const gained = ((nowMs - this.#filledAtMs) / 1000) * this.#refillPerSecond;
    this.#tokens = Math.min(this.#size, this.#tokens + Math.max(0, gained));
    this.#filledAtMs = nowMs;
  }
}
