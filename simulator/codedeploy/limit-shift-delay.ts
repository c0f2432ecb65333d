import { failed } from './deployment-end.ts';
import type { PhaseContext } from './phases/phase-context.ts';

/** From the installation of a revision to the shift of its traffic (aws-facts 3.12). */
const longestMs = 120 * 3_600_000;

/** Ends the deployment when traffic has not shifted in time; returns the canceller. Code and text are assumed. */
export function limitShiftDelay({ world, deployment }: PhaseContext): () => void {
  return world.clock.schedule(longestMs, () =>
    deployment.stop(
      failed(
        world.settings.lateTrafficErrorCode,
        'The deployment timed out because traffic was not shifted within 120 hours of the installation.',
      ),
    ),
  );
}
