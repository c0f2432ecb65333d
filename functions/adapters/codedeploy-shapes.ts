import type { DeploymentGroupInfo, DeploymentInfo, ECSTarget } from '@aws-sdk/client-codedeploy';
import type { Deployment, DeploymentGroup, DeploymentTarget } from '../core/ports/deployments.ts';

/** CodeDeploy's deployment as the port shows it. */
export function toDeployment(info: DeploymentInfo): Deployment {
  const { rollbackInfo, errorInformation, autoRollbackConfiguration } = info;
  return {
    deploymentId: info.deploymentId ?? '',
    application: info.applicationName ?? '',
    deploymentGroup: info.deploymentGroupName ?? '',
    status: info.status ?? 'Unknown',
    creator: info.creator,
    description: info.description,
    createdAtMs: info.createTime?.getTime() ?? 0,
    completedAtMs: info.completeTime?.getTime(),
    error: errorInformation && {
      code: errorInformation.code ?? 'UNKNOWN',
      message: errorInformation.message ?? '',
    },
    rollbackDeploymentId: rollbackInfo?.rollbackDeploymentId,
    rollbackTriggeringDeploymentId: rollbackInfo?.rollbackTriggeringDeploymentId,
    rollbackEvents:
      autoRollbackConfiguration &&
      (autoRollbackConfiguration.enabled === true ? (autoRollbackConfiguration.events ?? []) : []),
  };
}

/** Listeners, target group names and alarms of a deployment group; only its one pair counts (aws-facts 3.7). */
export function toDeploymentGroup(info: DeploymentGroupInfo): DeploymentGroup {
  const pair = info.loadBalancerInfo?.targetGroupPairInfoList?.[0];
  const { alarmConfiguration } = info;
  return {
    targetGroupNames: (pair?.targetGroups ?? []).flatMap((group) => group.name ?? []),
    productionListenerArn: pair?.prodTrafficRoute?.listenerArns?.[0],
    testListenerArn: pair?.testTrafficRoute?.listenerArns?.[0],
    alarmNames:
      alarmConfiguration?.enabled === true
        ? (alarmConfiguration.alarms ?? []).flatMap((alarm) => alarm.name ?? [])
        : [],
  };
}

/** The one ECS target of a deployment. */
export function toDeploymentTarget(target: ECSTarget): DeploymentTarget {
  return {
    lifecycleEvents: (target.lifecycleEvents ?? []).map((event) => ({
      name: event.lifecycleEventName ?? '',
      status: event.status ?? 'Unknown',
      startedAtMs: event.startTime?.getTime(),
      endedAtMs: event.endTime?.getTime(),
    })),
    taskSets: (target.taskSetsInfo ?? []).map((taskSet) => ({
      // The API misspells it for good (aws-facts 3.10).
      taskSetId: taskSet.identifer ?? '',
      label: taskSet.taskSetLabel,
      status: taskSet.status ?? 'UNKNOWN',
      trafficWeight: taskSet.trafficWeight ?? 0,
      targetGroupName: taskSet.targetGroup?.name,
    })),
  };
}
