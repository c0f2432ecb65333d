import type { Rollout } from '../ports/service-deployments.ts';
import { isRollingOut } from './rollout-status.ts';

export interface RolloutAttempt {
  readonly taskDefinitionArn: string;
  /** When this execution, or its last redrive, began; epoch milliseconds. */
  readonly startedAtMs: number;
}

/** Clocks of Step Functions and ECS need not agree to the second; a rollout that failed took longer than this. */
const clockSkewMs = 10_000;

/**
 * The rollout of this attempt among those of its service, newest first (design D4). UpdateService takes neither
 * token nor description, so it is known by the task definition, which names the release's digest, and by its time.
 * Of an attempt before a redrive it is taken over if repeating it would change nothing: it goes forward still, or it
 * succeeded and nothing came after it.
 */
export function findOwnRollout(
  known: readonly Rollout[],
  { taskDefinitionArn, startedAtMs }: RolloutAttempt,
): Rollout | undefined {
  const candidates = known.filter((rollout) => rollout.taskDefinitionArn === taskDefinitionArn);
  return (
    candidates.find(({ createdAtMs }) => createdAtMs >= startedAtMs - clockSkewMs) ??
    candidates.find(
      (rollout) =>
        isRollingOut(rollout) || (rollout.status === 'SUCCESSFUL' && rollout === known[0]),
    )
  );
}
