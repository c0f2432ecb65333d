import type { Clock } from '../../../functions/core/ports/clock.ts';

/** Time that moves only when told to or slept through. */
export class FakeClock implements Clock {
  readonly sleeps: number[] = [];
  /** What happens while somebody sleeps. */
  duringSleep: () => void = () => undefined;
  #nowMs: number;

  constructor(startsAt = '2026-09-01T10:00:00.000Z') {
    this.#nowMs = Date.parse(startsAt);
  }

  now(): number {
    return this.#nowMs;
  }

  advance(ms: number): void {
    this.#nowMs += ms;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.sleeps.push(ms);
    this.advance(ms);
    this.duringSleep();
  }
}
