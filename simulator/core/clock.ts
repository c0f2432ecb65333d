/** Time inside the simulator. All instants are epoch milliseconds of virtual time. */
export interface Clock {
  now(): number;
  /** Runs `run` after `delayMs` of virtual time; the returned function cancels it. */
  schedule(delayMs: number, run: () => void, kind?: TimerKind): () => void;
  /** Resolves after `delayMs` of virtual time; rejects with the signal's reason when aborted. */
  sleep(delayMs: number, options?: SleepOptions): Promise<void>;
  /** Marks work in flight (a function, a probe, a process start): time may not jump until released. */
  hold(reason: string, kind?: HoldKind): () => void;
  /** Holds the clock for as long as `work` runs. */
  during<T>(reason: string, work: () => Promise<T>, kind?: HoldKind): Promise<T>;
}

/**
 * A `waiting` timer is something that a workflow waits for: pending ones make time jump.
 * A `background` timer (health checks of settled targets, alarm evaluation) never makes time jump,
 * and fires once, late, when a jump passed over it: nothing it could observe happened meanwhile.
 * A `recurring` timer (a rule's schedule) never makes time jump either, since it would do so for ever, but
 * a jump that something else wants stops at it: it fires at its own instant.
 */
export type TimerKind = 'waiting' | 'background' | 'recurring';

/**
 * `work` takes real time (a function, a probe, a process); a `call` is computed at one instant, so that in
 * the `stepped` mode no time passes during it.
 */
export type HoldKind = 'work' | 'call';

/**
 * `skip` runs in step with real time and jumps over idle waits, `real` never jumps, `stepped` stands still
 * but for real work and for what `advance` says: with it two runs of one seed are the same.
 */
export type TimeMode = 'skip' | 'real' | 'stepped';

export interface SleepOptions {
  readonly signal?: AbortSignal;
  readonly kind?: TimerKind;
}

/** Asked before every jump; a promise delays the jump until it resolves, in real time. */
export type JumpGuard = (jump: { readonly byMs: number }) => Promise<void> | undefined;
