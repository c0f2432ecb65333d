import type { Pushed } from './arena.ts';

/** A push as the judge needs to know it. */
export interface PlayedPush extends Pushed {
  /** Until when it must not see production: never, always, or from the instant on (virtual, epoch ms). */
  readonly soundFromMs: number;
}

export interface PlayedScenario {
  readonly pushes: readonly PlayedPush[];
  /** The push that is to serve in the end when nothing is broken; none where the original is. */
  readonly winner: PlayedPush | undefined;
  /** Length of the journal when the part began that the scenario is about. */
  readonly fromSeq: number;
  /** False when the scenario did not come as far as it is about. */
  readonly complete: boolean;
}

export const always = Number.NEGATIVE_INFINITY;
export const never = Number.POSITIVE_INFINITY;
