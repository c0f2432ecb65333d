import {
  type CodeDeployClient,
  type DeploymentConfigInfo,
  type DeploymentGroupInfo,
  GetDeploymentConfigCommand,
  GetDeploymentGroupCommand,
} from '@aws-sdk/client-codedeploy';
import { UnsupportedError } from '../core/errors.ts';
import type {
  DeploymentGroupSettings,
  DeploymentGroups,
  TrafficShift,
} from '../core/ports/deployment-groups.ts';
import { awsErrorName, callAws } from './aws-errors.ts';
import { toDeploymentGroup } from './codedeploy-shapes.ts';

const unknownGroup = [
  'ApplicationDoesNotExistException',
  'DeploymentGroupDoesNotExistException',
  'InvalidApplicationNameException',
  'InvalidDeploymentGroupNameException',
];

/** What a group that names no configuration gets; it shifts nothing gradually (aws-facts 3.5). */
const defaultConfigName = 'CodeDeployDefault.OneAtATime';

/** CodeDeploy's deployment groups and configurations. */
export function codeDeployGroups(client: CodeDeployClient, signal?: AbortSignal): DeploymentGroups {
  const options = signal === undefined ? {} : { abortSignal: signal };
  return {
    async settings(applicationName, deploymentGroupName) {
      const resource = `${applicationName}/${deploymentGroupName}`;
      try {
        const { deploymentGroupInfo } = await callAws(
          { action: 'codedeploy:GetDeploymentGroup', resource },
          () =>
            client.send(
              new GetDeploymentGroupCommand({ applicationName, deploymentGroupName }),
              options,
            ),
        );
        return deploymentGroupInfo && toSettings(deploymentGroupInfo);
      } catch (error) {
        if (unknownGroup.includes(awsErrorName(error) ?? '')) return undefined;
        throw error;
      }
    },

    async shift(deploymentConfigName) {
      const { deploymentConfigInfo } = await callAws(
        { action: 'codedeploy:GetDeploymentConfig', resource: deploymentConfigName },
        () => client.send(new GetDeploymentConfigCommand({ deploymentConfigName }), options),
      );
      return toShift(deploymentConfigName, deploymentConfigInfo ?? {});
    },
  };
}

function toSettings(info: DeploymentGroupInfo): DeploymentGroupSettings {
  const { autoRollbackConfiguration: rollback, blueGreenDeploymentConfiguration: blueGreen } = info;
  const ready = blueGreen?.deploymentReadyOption;
  const deployed = info.ecsServices?.[0];
  return {
    ...toDeploymentGroup(info),
    switchedOffAlarmNames:
      info.alarmConfiguration?.enabled === true
        ? []
        : (info.alarmConfiguration?.alarms ?? []).flatMap(({ name }) => name ?? []),
    deploymentConfigName: info.deploymentConfigName ?? defaultConfigName,
    serviceRoleArn: info.serviceRoleArn ?? '',
    ecsService: deployed && {
      cluster: lastPart(deployed.clusterName),
      service: lastPart(deployed.serviceName),
    },
    rollbackEvents: rollback?.enabled === true ? (rollback.events ?? []) : [],
    readyWaitMinutes:
      ready?.actionOnTimeout === 'STOP_DEPLOYMENT' ? (ready.waitTimeInMinutes ?? 0) : 0,
    terminationWaitMinutes:
      blueGreen?.terminateBlueInstancesOnDeploymentSuccess?.terminationWaitTimeInMinutes ?? 0,
  };
}

/** ECS takes names and ARNs alike, and a group keeps what it was given. */
function lastPart(nameOrArn = ''): string {
  return nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1);
}

function toShift(name: string, { trafficRoutingConfig }: DeploymentConfigInfo): TrafficShift {
  const { type, timeBasedCanary, timeBasedLinear } = trafficRoutingConfig ?? {};
  switch (type) {
    case undefined:
    case 'AllAtOnce':
      return { type: 'AllAtOnce' };
    case 'TimeBasedCanary':
      return {
        type,
        percentage: timeBasedCanary?.canaryPercentage ?? 0,
        intervalMinutes: timeBasedCanary?.canaryInterval ?? 0,
      };
    case 'TimeBasedLinear':
      return {
        type,
        percentage: timeBasedLinear?.linearPercentage ?? 0,
        intervalMinutes: timeBasedLinear?.linearInterval ?? 0,
      };
    default:
      throw new UnsupportedError(
        `Deployment configuration "${name}" routes traffic by ${type}, expected AllAtOnce, TimeBasedCanary or TimeBasedLinear`,
      );
  }
}
