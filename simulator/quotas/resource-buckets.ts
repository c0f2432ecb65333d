import { TokenBucket } from './token-bucket.ts';

const firstSweepAt = 10_000;

/** Buckets of queues and prefixes, as many as clients name: those that are full again are forgotten. */
export class ResourceBuckets {
  readonly #buckets = new Map<string, TokenBucket>();
  #sweepAt = firstSweepAt;

  /** The resource's bucket, made full at `nowMs` when there is none. */
  of(resource: string, perSecond: number, nowMs: number): TokenBucket {
    // Another rate (a queue that is switched to high throughput) is another bucket.
    const key = `${perSecond} ${resource}`;
    const present = this.#buckets.get(key);
    if (present) return present;
    if (this.#buckets.size >= this.#sweepAt) this.#sweep(nowMs);
    const bucket = new TokenBucket(perSecond, perSecond, nowMs);
    this.#buckets.set(key, bucket);
    return bucket;
  }

  get size(): number {
    return this.#buckets.size;
  }

  #sweep(nowMs: number): void {
    for (const [key, bucket] of this.#buckets) {
      if (bucket.isFull(nowMs)) this.#buckets.delete(key);
    }
    this.#sweepAt = Math.max(firstSweepAt, 2 * this.#buckets.size);
  }
}
