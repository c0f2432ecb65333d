import { performance } from 'node:perf_hooks';
import type { Clock, JumpGuard, SleepOptions, TimerKind } from './clock.ts';

interface Timer {
  readonly dueMs: number;
  readonly order: number;
  readonly kind: TimerKind;
  readonly run: () => void;
}

export interface VirtualClockOptions {
  /** First instant, epoch milliseconds; default the machine's clock. */
  readonly startMs?: number;
  /** `skip` jumps over idle waits (default); `real` never does. */
  readonly mode?: 'skip' | 'real';
  readonly onJump?: (byMs: number) => void;
}

/** Event-loop turns without new work before a jump; promise chains without I/O finish within one. */
const quietTurns = 4;
/** Node clamps longer timeouts to 1 ms. */
const longestTimeoutMs = 2 ** 31 - 1;

/**
 * A clock that runs in step with real time and jumps to the next waiting timer whenever nothing is in
 * flight, so an hour-long timeout costs milliseconds (design D11).
 */
export class VirtualClock implements Clock {
  readonly #startMs: number;
  readonly #startedAtMs = performance.now();
  readonly #mode: 'skip' | 'real';
  readonly #onJump: (byMs: number) => void;
  readonly #guards = new Set<JumpGuard>();
  readonly #held = new Map<symbol, string>();
  #timers: Timer[] = [];
  #skippedMs = 0;
  #order = 0;
  #activity = 0;
  #wake: NodeJS.Timeout | undefined;
  #considering = false;
  #stopped = false;

  constructor(options: VirtualClockOptions = {}) {
    this.#startMs = options.startMs ?? Date.now();
    this.#mode = options.mode ?? 'skip';
    this.#onJump = options.onJump ?? (() => {});
  }

  /** Virtual time that was jumped over so far, in milliseconds. */
  get skippedMs(): number {
    return this.#skippedMs;
  }

  now(): number {
    return Math.floor(this.#startMs + (performance.now() - this.#startedAtMs) + this.#skippedMs);
  }

  schedule(delayMs: number, run: () => void, kind: TimerKind = 'waiting'): () => void {
    if (!Number.isFinite(delayMs)) throw new RangeError(`Cannot schedule after ${delayMs} ms`);
    this.#activity++;
    const timer: Timer = {
      dueMs: this.now() + Math.max(0, delayMs),
      order: this.#order++,
      kind,
      run,
    };
    this.#timers.push(timer);
    this.#timers.sort((a, b) => a.dueMs - b.dueMs || a.order - b.order);
    this.#plan();
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  sleep(delayMs: number, options: SleepOptions = {}): Promise<void> {
    const { signal, kind } = options;
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const onAbort = () => {
        cancel();
        reject(signal?.reason);
      };
      const cancel = this.schedule(
        delayMs,
        () => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        },
        kind,
      );
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  }

  hold(reason: string): () => void {
    const key = Symbol(reason);
    this.#activity++;
    this.#held.set(key, reason);
    return () => {
      if (!this.#held.delete(key)) return;
      this.#activity++;
      this.#plan();
    };
  }

  async during<T>(reason: string, work: () => Promise<T>): Promise<T> {
    const release = this.hold(reason);
    try {
      return await work();
    } finally {
      release();
    }
  }

  /** What holds the clock now, for diagnosis of a rehearsal that does not move. */
  heldBy(): string[] {
    return [...this.#held.values()];
  }

  addJumpGuard(guard: JumpGuard): () => void {
    this.#guards.add(guard);
    return () => this.#guards.delete(guard);
  }

  /** Drops every timer; nothing fires afterwards. */
  stop(): void {
    this.#stopped = true;
    this.#timers = [];
    clearTimeout(this.#wake);
  }

  #plan(): void {
    if (this.#stopped) return;
    clearTimeout(this.#wake);
    const next = this.#timers[0];
    if (!next) return;
    const waitMs = Math.min(Math.max(0, next.dueMs - this.now()), longestTimeoutMs);
    this.#wake = setTimeout(() => this.#fireDue(), waitMs);
    if (this.#mode === 'skip' && this.#held.size === 0) void this.#considerJump();
  }

  #fireDue(): void {
    const now = this.now();
    while (!this.#stopped) {
      const next = this.#timers[0];
      if (!next || next.dueMs > now) break;
      this.#timers.shift();
      this.#activity++;
      next.run();
    }
    this.#plan();
  }

  #nextWaiting(): Timer | undefined {
    return this.#timers.find((timer) => timer.kind === 'waiting');
  }

  async #considerJump(): Promise<void> {
    if (this.#considering) return;
    this.#considering = true;
    try {
      while (!this.#stopped && (await this.#isQuiet())) {
        const target = this.#nextWaiting();
        if (!target) return;
        const byMs = target.dueMs - this.now();
        if (byMs > 0 && (await this.#guarded(byMs))) continue;
        if (byMs > 0) {
          this.#skippedMs += byMs;
          this.#onJump(byMs);
        }
        this.#fireDue();
      }
    } finally {
      this.#considering = false;
    }
    if (!this.#stopped && this.#held.size === 0 && this.#nextWaiting()) this.#plan();
  }

  /** True when a guard made us wait, so that the situation must be looked at again. */
  async #guarded(byMs: number): Promise<boolean> {
    const waits = [...this.#guards].map((guard) => guard({ byMs })).filter((wait) => wait);
    if (waits.length === 0) return false;
    await Promise.all(waits);
    return true;
  }

  async #isQuiet(): Promise<boolean> {
    let seen = this.#activity;
    for (let turn = 0; turn < quietTurns; turn++) {
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#held.size > 0) return false;
      if (seen !== this.#activity) {
        seen = this.#activity;
        turn = -1;
      }
    }
    return true;
  }
}
