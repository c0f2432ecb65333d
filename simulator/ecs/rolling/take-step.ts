import type { DeploymentTasks } from './deployment-tasks.ts';
import type { RolloutStep } from './plan.ts';

/** Starts and stops what a step says; `groups` are the tasks of the deployments, the PRIMARY one's first. */
export function takeStep(
  step: RolloutStep,
  groups: readonly (DeploymentTasks | undefined)[],
): void {
  const [primary, ...newestFirst] = groups;
  const old = newestFirst.reverse();
  const stopOld = (count: number, conditions: Parameters<DeploymentTasks['stop']>[1]) =>
    old.reduce((left, group) => left - (group?.stop(left, conditions) ?? 0), count);
  stopOld(step.stopOldIdle, ['pending', 'unhealthy']);
  stopOld(step.stopOldUnproven, ['unproven']);
  stopOld(step.stopOldHealthy, ['healthy']);
  primary?.stop(step.stopExcess, ['pending', 'unproven', 'healthy']);
  primary?.stop(step.stopUnhealthy, ['unhealthy']);
  primary?.start(step.start);
}
