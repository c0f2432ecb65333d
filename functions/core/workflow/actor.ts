import type { ExecutionIdentity, ReleaseRequest } from '../release.ts';
import { executionName } from './execution-name.ts';

/**
 * What set a deployment going: the push itself, or a person who started a new execution or redrove one. Who the
 * person was is in CloudTrail; neither the push event nor the execution's context names anybody.
 */
export const actors = ['image-push', 'new-execution', 'redrive'] as const;

export type Actor = (typeof actors)[number];

/** Only the push's own execution bears the name derived from its event (design D1). */
export function actorOf(
  request: Pick<ReleaseRequest, 'service' | 'digest' | 'eventId'>,
  execution: Pick<ExecutionIdentity, 'executionName' | 'redriveCount'>,
): Actor {
  if (execution.redriveCount > 0) return 'redrive';
  return execution.executionName === executionName(request) ? 'image-push' : 'new-execution';
}
