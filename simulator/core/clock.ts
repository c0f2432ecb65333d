/** Time inside the simulator. All instants are epoch milliseconds of virtual time. */
export interface Clock {
  now(): number;
  /** Runs `run` after `delayMs` of virtual time; the returned function cancels it. */
  schedule(delayMs: number, run: () => void, kind?: TimerKind): () => void;
  /** Resolves after `delayMs` of virtual time; rejects with the signal's reason when aborted. */
  sleep(delayMs: number, options?: SleepOptions): Promise<void>;
  /** Marks work in flight (a function, a probe, a process start): time may not jump until released. */
  hold(reason: string): () => void;
  /** Holds the clock for as long as `work` runs. */
  during<T>(reason: string, work: () => Promise<T>): Promise<T>;
}

/**
 * A `waiting` timer is something that a workflow waits for: pending ones make time jump.
 * A `background` timer (health checks of settled targets, alarm evaluation) never makes time jump,
 * and fires once, late, when a jump passed over it: nothing it could observe happened meanwhile.
 */
export type TimerKind = 'waiting' | 'background';

export interface SleepOptions {
  readonly signal?: AbortSignal;
  readonly kind?: TimerKind;
}

/** Asked before every jump; a promise delays the jump until it resolves, in real time. */
export type JumpGuard = (jump: { readonly byMs: number }) => Promise<void> | undefined;
