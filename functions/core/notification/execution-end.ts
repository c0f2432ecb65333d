import type { ExecutionIdentity } from '../release.ts';

/** The occasion on which people are told that an attempt of an execution ended, whoever tells them first. */
export function executionEnd({
  executionName,
  redriveCount,
}: Pick<ExecutionIdentity, 'executionName' | 'redriveCount'>): string {
  return `${executionName} redrive ${redriveCount} ended`;
}
