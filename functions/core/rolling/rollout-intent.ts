import { InvalidEventError } from '../errors.ts';
import { MemberReader } from '../events/member-reader.ts';
import { rolloutIdRule } from '../events/text-rules.ts';
import { parseRolloutProgress, type RolloutProgress } from './rollout-progress.ts';

/**
 * Kept as `pushes/<event>/rollout/<service>.json` before a rollout is asked for, and again with its id once ECS shows
 * it: leads from an execution to its rollout, also after a crash between the two (design D3).
 */
export interface RolloutIntent extends RolloutProgress {
  /** ISO 8601: when the execution began or was last redriven. */
  readonly attemptStartedAt: string;
  /** Id of the service deployment; missing until ECS shows it. */
  readonly deploymentId?: string;
}

/** An intent read back; undefined when there is none or it is none of ours. */
export function parseRolloutIntent(document: unknown): RolloutIntent | undefined {
  if (document === undefined) return undefined;
  try {
    const progress = parseRolloutProgress(document);
    const reader = MemberReader.of(document);
    const attemptStartedAt = reader.instant('attemptStartedAt');
    const deploymentId = reader.optionalText('deploymentId', rolloutIdRule);
    reader.finish('the rollout that is wanted');
    return {
      ...progress,
      attemptStartedAt,
      ...(deploymentId === undefined ? {} : { deploymentId }),
    };
  } catch (error) {
    if (error instanceof InvalidEventError) return undefined;
    throw error;
  }
}
