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

  /** Takes a token; false when there is none. */
  take(nowMs: number): boolean {
    const gained = ((nowMs - this.#filledAtMs) / 1000) * this.#refillPerSecond;
    this.#tokens = Math.min(this.#size, this.#tokens + Math.max(0, gained));
    this.#filledAtMs = nowMs;
    if (this.#tokens < 1) return false;
    this.#tokens--;
    return true;
  }
}
