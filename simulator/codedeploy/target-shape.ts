import type {
  DeploymentTarget as DeploymentTargetShape,
  ECSTaskSet,
  LifecycleEvent,
} from '@aws-sdk/client-codedeploy';
import type { World } from '../core/world.ts';
import type { Deployment } from './deployment.ts';
import type { DeploymentTarget, LifecycleEventRecord, TaskSetRecord } from './deployment-target.ts';
import { refreshTaskSets } from './task-sets.ts';

/** As GetDeploymentTarget shows it (aws-facts 3.10). */
export function targetShape(
  world: World,
  deployment: Deployment,
  target: DeploymentTarget,
): DeploymentTargetShape {
  if (!deployment.completed) refreshTaskSets(world, deployment.order.group, target);
  const taskSets = [target.original, target.replacement].filter((record) => record !== undefined);
  return {
    deploymentTargetType: 'ECSTarget',
    ecsTarget: {
      deploymentId: deployment.id,
      targetId: target.targetId,
      targetArn: target.serviceArn,
      lastUpdatedAt: new Date(target.updatedAtMs),
      lifecycleEvents: target.events.map(eventShape),
      status: target.status,
      taskSetsInfo: taskSets.map((record) => taskSetShape(world, record)),
    },
  };
}

function eventShape(event: LifecycleEventRecord): LifecycleEvent {
  return {
    lifecycleEventName: event.name,
    status: event.status,
    ...(event.startedAtMs !== undefined && { startTime: new Date(event.startedAtMs) }),
    ...(event.endedAtMs !== undefined && { endTime: new Date(event.endedAtMs) }),
    ...(event.diagnostics && { diagnostics: event.diagnostics }),
  };
}

function taskSetShape(world: World, { view, ...record }: TaskSetRecord): ECSTaskSet {
  return {
    // The API misspells it (aws-facts 3.10).
    identifer: record.id,
    desiredCount: view.computedDesiredCount,
    pendingCount: view.pendingCount,
    runningCount: view.runningCount,
    status: view.status,
    trafficWeight: record.trafficWeight,
    targetGroup: { name: world.services.elbv2.targetGroupName(record.targetGroupArn) },
    taskSetLabel: record.label,
  };
}
