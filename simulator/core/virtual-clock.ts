import type { Clock, HoldKind, JumpGuard, SleepOptions, TimeMode, TimerKind } from './clock.ts';
import { RunningTime } from './running-time.ts';

interface Timer {
  readonly dueMs: number;
  readonly order: number;
  readonly kind: TimerKind;
  readonly run: () => void;
}

export interface VirtualClockOptions {
  /** First instant, epoch milliseconds; default the machine's clock. */
  readonly startMs?: number;
  /** Default `skip`. */
  readonly mode?: TimeMode;
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
  readonly #mode: TimeMode;
  readonly #running: RunningTime;
  readonly #onJump: (byMs: number) => void;
  readonly #guards = new Set<JumpGuard>();
  readonly #held = new Map<symbol, string>();
  readonly #waitingForRelease = new Set<() => void>();
  #timers: Timer[] = [];
  #skippedMs = 0;
  #order = 0;
  #activity = 0;
  #wake: NodeJS.Timeout | undefined;
  #considering = false;
  #advancing: Promise<unknown> = Promise.resolve();
  #advances = 0;
  #paused: boolean;
  #stopped = false;

  constructor(options: VirtualClockOptions = {}) {
    this.#startMs = options.startMs ?? Date.now();
    this.#mode = options.mode ?? 'skip';
    this.#paused = this.#mode === 'stepped';
    this.#running = new RunningTime(this.#mode !== 'stepped');
    this.#onJump = options.onJump ?? (() => {});
  }

  /** Virtual time that was jumped over so far, in milliseconds. */
  get skippedMs(): number {
    return this.#skippedMs;
  }

  now(): number {
    return Math.floor(this.#startMs + this.#running.elapsedMs() + this.#skippedMs);
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

  hold(reason: string, kind: HoldKind = 'work'): () => void {
    const key = Symbol(reason);
    this.#activity++;
    this.#held.set(key, reason);
    const stand = kind === 'work' ? this.#running.run() : () => {};
    if (kind === 'work' && this.#mode === 'stepped') this.#plan();
    return () => {
      if (!this.#held.delete(key)) return;
      this.#activity++;
      stand();
      this.#plan();
      if (this.#held.size > 0) return;
      for (const released of this.#waitingForRelease) released();
      this.#waitingForRelease.clear();
    };
  }

  async during<T>(reason: string, work: () => Promise<T>, kind?: HoldKind): Promise<T> {
    const release = this.hold(reason, kind);
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

  get mode(): TimeMode {
    return this.#mode;
  }

  /** While paused nothing is jumped over but by `advance`. */
  get paused(): boolean {
    return this.#paused;
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#plan();
  }

  /** When each pending timer falls due, soonest first. */
  pending(): { readonly dueMs: number; readonly kind: TimerKind }[] {
    return this.#timers.map(({ dueMs, kind }) => ({ dueMs, kind }));
  }

  /**
   * Jumps to an instant, in whatever mode, firing every timer on its way at its own instant and letting
   * what it starts come to rest.
   */
  advanceTo(untilMs: number): Promise<void> {
    return this.#advance(() => untilMs);
  }

  /** The same until nothing waits any more, or to `limitMs` at the latest. True when nothing waits. */
  async advanceUntilIdle(limitMs: number): Promise<boolean> {
    await this.#advance(() => {
      const next = this.#nextWaiting();
      return next && next.dueMs <= limitMs ? next.dueMs : undefined;
    });
    return this.#nextWaiting() === undefined;
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
    for (const released of this.#waitingForRelease) released();
  }

  #advance(target: () => number | undefined): Promise<void> {
    const run = async () => {
      this.#advances++;
      try {
        await this.#advanceStepwise(target);
      } finally {
        this.#advances--;
        this.#plan();
      }
    };
    const turn = this.#advancing.then(run);
    this.#advancing = turn.catch(() => {});
    return turn;
  }

  async #advanceStepwise(target: () => number | undefined): Promise<void> {
    for (;;) {
      while (!this.#stopped && !(await this.#isQuiet())) await this.#released();
      const untilMs = target();
      if (this.#stopped || untilMs === undefined) return;
      const next = this.#timers[0];
      const stopMs = next && next.dueMs <= untilMs ? next.dueMs : untilMs;
      const byMs = stopMs - this.now();
      if (byMs > 0 && (await this.#guarded(byMs))) continue;
      if (byMs > 0) this.#jump(byMs);
      if (stopMs === untilMs && next?.dueMs !== stopMs) return;
      this.#fireDue();
    }
  }

  #released(): Promise<void> {
    if (this.#held.size === 0 || this.#stopped) return Promise.resolve();
    return new Promise((resolve) => this.#waitingForRelease.add(resolve));
  }

  #jump(byMs: number): void {
    this.#skippedMs += byMs;
    this.#onJump(byMs);
  }

  get #mayJump(): boolean {
    const free = !this.#paused && this.#advances === 0 && this.#mode !== 'real';
    return free && this.#held.size === 0;
  }

  #plan(): void {
    if (this.#stopped) return;
    clearTimeout(this.#wake);
    const next = this.#timers[0];
    if (!next) return;
    const waitMs = Math.min(Math.max(0, next.dueMs - this.now()), longestTimeoutMs);
    if (waitMs === 0 || !this.#running.stands) {
      this.#wake = setTimeout(() => this.#fireDue(), waitMs);
    }
    if (this.#mayJump) void this.#considerJump();
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
        if (!this.#mayJump || !this.#nextWaiting()) return;
        const target = this.#timers.find(({ kind }) => kind !== 'background');
        const byMs = (target?.dueMs ?? 0) - this.now();
        if (byMs > 0 && (await this.#guarded(byMs))) continue;
        if (byMs > 0) this.#jump(byMs);
        this.#fireDue();
      }
    } finally {
      this.#considering = false;
    }
    if (!this.#stopped && this.#mayJump && this.#nextWaiting()) this.#plan();
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
