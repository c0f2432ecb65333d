import type {
  ApplicationInfo,
  DeploymentConfigInfo,
  DeploymentGroupInfo,
  DeploymentInfo,
  GenericRevisionInfo,
  LastDeploymentInfo,
  LoadBalancerInfo,
} from '@aws-sdk/client-codedeploy';
import type { Application, RegisteredRevision } from './applications.ts';
import type { Deployment } from './deployment.ts';
import type { DeploymentConfig } from './deployment-config.ts';
import type { DeploymentGroup } from './deployment-group.ts';
import { deploymentOverview } from './deployment-overview.ts';
import { errorInformation } from './error-information.ts';

const date = (ms: number) => new Date(ms);
const given = <T>(name: string, value: T | undefined) =>
  value === undefined ? {} : { [name]: value };

export function applicationInfo(application: Application): ApplicationInfo {
  return {
    applicationId: application.id,
    applicationName: application.name,
    createTime: date(application.createdAtMs),
    linkedToGitHub: false,
    computePlatform: 'ECS',
  };
}

export function configInfo(config: DeploymentConfig): DeploymentConfigInfo {
  return {
    deploymentConfigId: config.id,
    deploymentConfigName: config.name,
    createTime: date(config.createdAtMs),
    computePlatform: config.computePlatform,
    trafficRoutingConfig: config.routing,
  };
}

export function revisionInfo(registered: RegisteredRevision): GenericRevisionInfo {
  const { firstUsedAtMs, lastUsedAtMs } = registered;
  return {
    ...given('description', registered.description),
    deploymentGroups: [...registered.deploymentGroups],
    ...(firstUsedAtMs !== undefined && { firstUsedTime: date(firstUsedAtMs) }),
    ...(lastUsedAtMs !== undefined && { lastUsedTime: date(lastUsedAtMs) }),
    registerTime: date(registered.registeredAtMs),
  };
}

/** `attempts` are the group's deployments, oldest first. */
export function groupInfo(
  group: DeploymentGroup,
  attempts: readonly Deployment[],
): DeploymentGroupInfo {
  const successful = attempts.findLast(({ status }) => status === 'Succeeded');
  const last = attempts.at(-1);
  return {
    applicationName: group.applicationName,
    deploymentGroupId: group.id,
    deploymentGroupName: group.name,
    deploymentConfigName: group.configName,
    ec2TagFilters: [],
    onPremisesInstanceTagFilters: [],
    autoScalingGroups: [],
    serviceRoleArn: group.serviceRoleArn,
    ...given('targetRevision', successful?.order.revision.location),
    triggerConfigurations: [...group.triggers],
    alarmConfiguration: {
      enabled: false,
      ignorePollAlarmFailure: false,
      alarms: [],
      ...group.alarms,
    },
    autoRollbackConfiguration: { enabled: false, events: [], ...group.autoRollback },
    deploymentStyle: group.style,
    outdatedInstancesStrategy: group.outdatedInstancesStrategy,
    blueGreenDeploymentConfiguration: group.blueGreen,
    loadBalancerInfo: loadBalancerInfo(group),
    ...given('lastSuccessfulDeployment', successful && lastDeployment(successful)),
    ...given('lastAttemptedDeployment', last && lastDeployment(last)),
    computePlatform: 'ECS',
    ecsServices: group.input.ecsServices ?? [],
    terminationHookEnabled: false,
  };
}

export function deploymentInfo(deployment: Deployment): DeploymentInfo {
  const { order, rollback, startedAtMs, completedAtMs } = deployment;
  const { group } = order;
  return {
    applicationName: group.applicationName,
    deploymentGroupName: group.name,
    deploymentConfigName: order.config.name,
    deploymentId: deployment.id,
    ...given('previousRevision', order.previousRevision?.location),
    revision: order.revision.location,
    status: deployment.status,
    ...given('errorInformation', errorInformation(deployment)),
    createTime: date(deployment.createdAtMs),
    ...(startedAtMs !== undefined && { startTime: date(startedAtMs) }),
    ...(completedAtMs !== undefined && { completeTime: date(completedAtMs) }),
    // Null while an ECS deployment runs, as a recorded one shows (docs/fidelity.md).
    ...(deployment.completed && { deploymentOverview: deploymentOverview(deployment) }),
    ...given('description', order.description),
    creator: order.creator,
    ignoreApplicationStopFailures: false,
    ...given('autoRollbackConfiguration', order.autoRollback),
    updateOutdatedInstancesOnly: false,
    rollbackInfo: { ...rollback },
    deploymentStyle: group.style,
    instanceTerminationWaitTimeStarted: deployment.terminationWaitStarted,
    blueGreenDeploymentConfiguration: group.blueGreen,
    loadBalancerInfo: loadBalancerInfo(group),
    fileExistsBehavior: 'DISALLOW',
    deploymentStatusMessages: [],
    computePlatform: 'ECS',
    ...(order.alarmsOverridden && given('overrideAlarmConfiguration', order.alarms)),
  };
}

function loadBalancerInfo(group: DeploymentGroup): LoadBalancerInfo {
  return {
    targetGroupPairInfoList: [
      {
        targetGroups: group.targetGroupNames.map((name) => ({ name })),
        prodTrafficRoute: { listenerArns: [group.productionListenerArn] },
        ...(group.testListenerArn !== undefined && {
          testTrafficRoute: { listenerArns: [group.testListenerArn] },
        }),
      },
    ],
  };
}

function lastDeployment(deployment: Deployment): LastDeploymentInfo {
  return {
    deploymentId: deployment.id,
    status: deployment.status,
    createTime: date(deployment.createdAtMs),
    ...(deployment.completedAtMs !== undefined && { endTime: date(deployment.completedAtMs) }),
  };
}
