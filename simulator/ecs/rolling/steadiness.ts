import type { TimerKind } from '../../core/clock.ts';
import type { World } from '../../core/world.ts';

const longestWaitMs = 60 * 60_000;

/** Whether a service has reached its steady state, and since when it has not. */
export class Steadiness {
  readonly #world: World;
  #steady = false;
  #unsteadySinceMs: number;

  constructor(world: World) {
    this.#world = world;
    this.#unsteadySinceMs = world.clock.now();
  }

  get isSteady(): boolean {
    return this.#steady;
  }

  /** True when that is news of a steady state. */
  becomes(steady: boolean): boolean {
    const isNews = steady && !this.#steady;
    if (!steady && this.#steady) this.#unsteadySinceMs = this.#world.clock.now();
    this.#steady = steady;
    return isNews;
  }

  /** Another deployment is to become steady from now on. */
  startOver(): void {
    this.#steady = false;
    this.#unsteadySinceMs = this.#world.clock.now();
  }

  /** No workflow waits longer than an hour for a service; after it, retries no longer make time jump. */
  get timerKind(): TimerKind {
    const unsteadyMs = this.#world.clock.now() - this.#unsteadySinceMs;
    return this.#steady || unsteadyMs < longestWaitMs ? 'waiting' : 'background';
  }
}
