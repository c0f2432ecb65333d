import { randomBytes } from 'node:crypto';

/**
 * Makes values of X-Amzn-Trace-Id: a Root where the client sent none, else a Self in front of what it sent
 * (ALB guide, "Request tracing for your Application Load Balancer").
 */
export class TraceIds {
  /** Drawn once, then counted: requests come far too often for a draw each, and seeds are not for traffic. */
  readonly #prefix = randomBytes(8).toString('hex');
  #count = 0;

  valueFor(received: string | undefined, nowMs: number): string {
    this.#count = (this.#count + 1) % 0x1_0000_0000;
    const time = Math.floor(nowMs / 1_000)
      .toString(16)
      .padStart(8, '0');
    const id = `1-${time}-${this.#prefix}${this.#count.toString(16).padStart(8, '0')}`;
    if (!received) return `Root=${id}`;
    const others = received.split(';').filter((field) => !/^\s*Self=/i.test(field));
    return [`Self=${id}`, ...others].join(';');
  }
}
