import type { DeploymentTarget } from '../ports/deployments.ts';
import type { EcsService, TaskSet } from '../ports/ecs-services.ts';
import type { TargetGroup } from '../ports/load-balancing.ts';

/** Which group of the pair serves whom in this deployment; the names alternate, so nothing may assume them. */
export interface TargetGroupRoles {
  readonly original: TargetGroup;
  readonly replacement: TargetGroup;
}

/** The task set that this deployment made: ECS keeps the deployment's id with it (aws-facts 2.4). */
export function replacementTaskSet(service: EcsService, deploymentId: string): TaskSet | undefined {
  return service.taskSets.find((taskSet) => taskSet.externalId === deploymentId);
}

/**
 * Derives the roles from what the deployment says, in this order: the target group of the replacement task
 * set, its line in `taskSetsInfo`, the line labelled Green, and before a replacement exists the group of the
 * PRIMARY task set (aws-facts 3.10, 4.3). Undefined when none of them names a group of the pair.
 */
export function targetGroupRoles(
  pair: readonly TargetGroup[],
  deploymentId: string,
  service: EcsService,
  target: DeploymentTarget | undefined,
): TargetGroupRoles | undefined {
  const [first, second] = pair;
  if (first === undefined || second === undefined || pair.length !== 2) {
    return undefined;
  }
  const made = replacementTaskSet(service, deploymentId);
  const lines = target?.taskSets ?? [];
  const replacement =
    pair.find((group) => group.arn === made?.targetGroupArn) ??
    named(pair, lines.find((line) => line.taskSetId === made?.id)?.targetGroupName) ??
    named(pair, lines.find((line) => line.label === 'Green')?.targetGroupName);
  if (replacement !== undefined) {
    return { replacement, original: replacement === first ? second : first };
  }
  const primary = service.primaryTaskSet;
  const original =
    primary?.externalId === deploymentId
      ? undefined
      : pair.find((group) => group.arn === primary?.targetGroupArn);
  return original && { original, replacement: original === first ? second : first };
}

function named(pair: readonly TargetGroup[], name: string | undefined): TargetGroup | undefined {
  return pair.find((group) => group.name === name);
}
