import type { TrafficPorts } from '../core/preflight/traffic/traffic-facts.ts';
import {
  applicationAutoScaling,
  applicationAutoScalingClient,
} from './application-auto-scaling.ts';
import { cloudWatchAlarmSettings } from './cloudwatch-alarm-settings.ts';
import { cloudWatchClient } from './cloudwatch-alarms.ts';
import { codeDeployClient, codeDeployDeployments } from './codedeploy.ts';
import { codeDeployGroups } from './codedeploy-groups.ts';
import { ec2Client, ec2Network } from './ec2-network.ts';
import { ecsContainerInstances } from './ecs-container-instances.ts';
import { ecsClient } from './ecs-services.ts';
import { elbv2Client } from './elbv2.ts';
import { elbv2Inspection } from './elbv2-inspection.ts';
import { iamRolePermissions } from './iam-role-permissions.ts';
import { iamClient } from './iam-roles.ts';
import { lambdaClient, lambdaHookFunctions } from './lambda-hook-functions.ts';
import { systemClock } from './system-clock.ts';

/** The adapters behind the traffic half of preflight. */
export function liveTrafficPorts(signal: AbortSignal, hookNamePrefix: string): TrafficPorts {
  return {
    deploymentGroups: codeDeployGroups(codeDeployClient(), signal),
    deployments: codeDeployDeployments(codeDeployClient(), signal),
    balancers: elbv2Inspection(elbv2Client(), signal),
    alarmSettings: cloudWatchAlarmSettings(cloudWatchClient(), signal),
    network: ec2Network(ec2Client(), signal),
    scaling: applicationAutoScaling(applicationAutoScalingClient(), signal),
    hookFunctions: lambdaHookFunctions(lambdaClient(), signal),
    rolePermissions: iamRolePermissions(iamClient(), signal),
    containerInstances: ecsContainerInstances(ecsClient(), signal),
    clock: systemClock,
    hookNamePrefix,
  };
}
