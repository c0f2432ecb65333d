import { performance } from 'node:perf_hooks';
import type { ProbeTimings } from '../../core/ports/probe-transport.ts';

export type Phase = 'dns' | 'connect' | 'tls' | 'first-byte' | 'rest';

/** Splits the time of one exchange by what it was spent on. Monotonic: a clock set back distorts nothing. */
export class PhaseClock {
  readonly #startedAtMs = performance.now();
  readonly #spentMs: Record<Phase, number> = {
    dns: 0,
    connect: 0,
    tls: 0,
    'first-byte': 0,
    rest: 0,
  };
  #phase: Phase = 'rest';
  #enteredAtMs = this.#startedAtMs;

  get phase(): Phase {
    return this.#phase;
  }

  enter(phase: Phase): void {
    this.#leave();
    this.#phase = phase;
  }

  /** Up to now; the phase under way counts with what it has taken so far. */
  timings(): ProbeTimings {
    this.#leave();
    return {
      dnsMs: this.#spentMs.dns,
      connectMs: this.#spentMs.connect,
      tlsMs: this.#spentMs.tls,
      firstByteMs: this.#spentMs['first-byte'],
      totalMs: this.#enteredAtMs - this.#startedAtMs,
    };
  }

  #leave(): void {
    const nowMs = performance.now();
    this.#spentMs[this.#phase] += nowMs - this.#enteredAtMs;
    this.#enteredAtMs = nowMs;
  }
}
