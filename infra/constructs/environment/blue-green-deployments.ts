import { CfnDeploymentGroup, EcsApplication } from 'aws-cdk-lib/aws-codedeploy';
import { Construct } from 'constructs';
import { codeDeployServiceRole } from '../../permissions/codedeploy-service-role.ts';
import { defaultShift, predefinedShifts, shiftNamed } from '../../traffic-shift.ts';
import { customShift } from '../custom-shift.ts';
import type { GreengateService } from './service.ts';

export interface BlueGreenDeploymentsProps {
  readonly service: GreengateService;
  readonly shift?: string;
  readonly alarmNames?: readonly string[];
}

/**
 * CodeDeploy application and deployment group, both named as the service. The group is the plain resource, because the
 * construct for it attaches the Limited managed policy, which refuses custom task roles (aws-facts 7.2).
 */
export class BlueGreenDeployments extends Construct {
  constructor(scope: Construct, id: string, props: BlueGreenDeploymentsProps) {
    super(scope, id);
    const { service, alarmNames } = props;
    const { serviceName } = service;
    const { groups, production, test } = service.listeners;
    if (!groups.green || !test) throw new Error('Blue/green needs two groups and a test listener');
    const shift = shiftNamed(props.shift ?? defaultShift.name);
    if (!shift) {
      throw new Error(
        `GreengateService: unknown shift "${props.shift}"; one of ${predefinedShifts.join(', ')}, or a custom one such as Canary25Percent2Minutes or Linear20PercentEvery2Minutes`,
      );
    }
    const application = new EcsApplication(this, 'Application', { applicationName: serviceName });
    const group = new CfnDeploymentGroup(this, 'DeploymentGroup', {
      applicationName: application.applicationName,
      deploymentGroupName: serviceName,
      serviceRoleArn: serviceRoleArn(this, service, [production.listenerArn, test.listenerArn]),
      deploymentConfigName: shift.name,
      deploymentStyle: {
        deploymentType: 'BLUE_GREEN',
        deploymentOption: 'WITH_TRAFFIC_CONTROL',
      },
      ecsServices: [{ clusterName: service.clusterName, serviceName }],
      loadBalancerInfo: {
        targetGroupPairInfoList: [
          {
            targetGroups: [
              { name: groups.blue.targetGroupName },
              { name: groups.green.targetGroupName },
            ],
            prodTrafficRoute: { listenerArns: [production.listenerArn] },
            testTrafficRoute: { listenerArns: [test.listenerArn] },
          },
        ],
      },
      blueGreenDeploymentConfiguration: {
        deploymentReadyOption: { actionOnTimeout: 'CONTINUE_DEPLOYMENT', waitTimeInMinutes: 0 },
        // Long enough to go back at once, short enough not to block the next release (aws-facts 3.6).
        terminateBlueInstancesOnDeploymentSuccess: {
          action: 'TERMINATE',
          terminationWaitTimeInMinutes: 5,
        },
      },
      // Without it a failed deployment leaves traffic wherever it was (aws-facts 3.2).
      autoRollbackConfiguration: {
        enabled: true,
        events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST'],
      },
      alarmConfiguration: {
        enabled: true,
        // Blind is not safe: when alarms cannot be read, the deployment stops.
        ignorePollAlarmFailure: false,
        alarms: service.alarmNames(alarmNames).map((name) => ({ name })),
      },
    });
    group.node.addDependency(service.service);
    if (shift.custom) group.node.addDependency(customShift(this, shift.name, shift.custom));
  }
}

function serviceRoleArn(
  scope: Construct,
  { serviceName, clusterName, cluster, task, loadBalancer }: GreengateService,
  listenerArns: readonly string[],
): string {
  return codeDeployServiceRole(scope, 'ServiceRole', {
    description: `CodeDeploy: shifts traffic of ${serviceName}`,
    clusterArn: cluster.clusterArn,
    clusterName,
    serviceName,
    passedRoleArns: [task.executionRole.roleArn, task.taskRole.roleArn],
    loadBalancerFullName: loadBalancer.loadBalancer.loadBalancerFullName,
    listenerArns,
  }).roleArn;
}
