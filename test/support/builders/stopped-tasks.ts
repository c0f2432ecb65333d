import type { TaskEnd } from '../../../functions/core/fail-fast/stop-reasons.ts';

export const firstStopMs = Date.parse('2026-09-01T10:01:00Z');

/** A container of the replacement that exited with code 1, `afterMs` after the first. */
export function taskEnd(afterMs = 0, changes: Partial<TaskEnd> = {}): TaskEnd {
  return {
    taskArn: `arn:aws:ecs:eu-central-1:123456789012:task/prod/${afterMs}`,
    taskDefinitionArn: 'arn:aws:ecs:eu-central-1:123456789012:task-definition/shop:4',
    stopCode: 'EssentialContainerExited',
    stoppedReason: 'Essential container in task exited',
    stoppedAtMs: firstStopMs + afterMs,
    containers: [{ name: 'app', exitCode: 1, reason: undefined }],
    logTail: [],
    ...changes,
  };
}
