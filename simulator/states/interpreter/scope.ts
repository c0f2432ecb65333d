import type { Clock } from '../../core/clock.ts';

/** Thrown at every wait of a line of states that was given up; never seen by Retry or Catch. */
export class Dropped extends Error {
  override readonly name = 'Dropped';
  /** `sibling`: another branch failed; `ended`: the execution is over and its history closed. */
  readonly reason: 'sibling' | 'ended';

  constructor(reason: 'sibling' | 'ended') {
    super(`Dropped because ${reason === 'sibling' ? 'a sibling failed' : 'the execution ended'}`);
    this.reason = reason;
  }
}

/**
 * Owns the timers and pending waits of one line of states. Dropping a scope cancels them and those of
 * its children at once, so that nothing of a stopped execution is left on the clock.
 */
export class Scope {
  readonly #clock: Clock;
  readonly #cleanups = new Set<(dropped: Dropped) => void>();
  #dropped: Dropped | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get dropped(): Dropped | undefined {
    return this.#dropped;
  }

  /** A scope that is dropped with this one; `release` forgets it when its work is done. */
  child(): { scope: Scope; release: () => void } {
    const scope = new Scope(this.#clock);
    const release = this.onDrop((dropped) => scope.drop(dropped.reason));
    return { scope, release };
  }

  drop(reason: Dropped['reason']): void {
    if (this.#dropped) return;
    const dropped = new Dropped(reason);
    this.#dropped = dropped;
    const cleanups = [...this.#cleanups];
    this.#cleanups.clear();
    for (const cleanup of cleanups) cleanup(dropped);
  }

  /** Runs `cleanup` when dropped (at once if it already is); returns how to forget it. */
  onDrop(cleanup: (dropped: Dropped) => void): () => void {
    if (this.#dropped) {
      cleanup(this.#dropped);
      return () => {};
    }
    this.#cleanups.add(cleanup);
    return () => this.#cleanups.delete(cleanup);
  }

  throwIfDropped(): void {
    if (this.#dropped) throw this.#dropped;
  }

  /** Runs `run` after `delayMs` of virtual time unless dropped or cancelled before. */
  timer(delayMs: number, run: () => void): () => void {
    if (this.#dropped) return () => {};
    const cancelTimer = this.#clock.schedule(delayMs, () => {
      forget();
      run();
    });
    const forget = this.onDrop(cancelTimer);
    return () => {
      forget();
      cancelTimer();
    };
  }

  sleep(delayMs: number): Promise<void> {
    return this.settle((resolve) => this.timer(delayMs, resolve));
  }

  /**
   * A promise that its `start` settles from outside; rejects with Dropped when the scope is dropped
   * first. What `start` returns is called once settled either way.
   */
  settle<T>(
    start: (resolve: (value: T) => void, reject: (error: unknown) => void) => () => void,
  ): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      let finished = false;
      let stop: (() => void) | undefined;
      const finish = (conclude: () => void) => {
        if (finished) return;
        finished = true;
        forget();
        stop?.();
        conclude();
      };
      const forget = this.onDrop((dropped) => {
        finished = true;
        stop?.();
        reject(dropped);
      });
      if (finished) return;
      stop = start(
        (value) => finish(() => resolve(value)),
        (error) => finish(() => reject(error)),
      );
      if (finished) stop();
    });
  }
}
