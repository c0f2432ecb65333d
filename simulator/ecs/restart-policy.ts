import type { TaskContainer } from './task-container.ts';

/** Seconds that AWS fills in (API reference, ContainerRestartPolicy). */
export const standardRestartAttemptPeriod = 300;

/**
 * Whether the agent restarts an ended container in its task: only one that ran for the whole attempt period, and
 * not after an ignored exit code (API reference, ContainerRestartPolicy).
 */
export function shouldRestart(
  { definition, startedAtMs }: Pick<TaskContainer, 'definition'> & { startedAtMs?: number },
  exitCode: number,
  nowMs: number,
): boolean {
  const { restartPolicy } = definition;
  if (!restartPolicy?.enabled || startedAtMs === undefined) return false;
  if (restartPolicy.ignoredExitCodes?.includes(exitCode)) return false;
  const periodSeconds = restartPolicy.restartAttemptPeriod ?? standardRestartAttemptPeriod;
  return nowMs - startedAtMs >= periodSeconds * 1_000;
}
