import { CfnDeploymentGroup, EcsApplication } from 'aws-cdk-lib/aws-codedeploy';
import { Construct } from 'constructs';
import { sample } from '../names.ts';
import { codeDeployServiceRole } from '../permissions/codedeploy-service-role.ts';
import { defaultShift, type SampleShift } from '../traffic-shift.ts';
import { customShift } from './custom-shift.ts';
import type { SampleLoadBalancer } from './sample-load-balancer.ts';
import type { SampleTasks } from './sample-tasks.ts';

export interface SampleDeploymentsProps {
  readonly balancing: SampleLoadBalancer;
  readonly tasks: SampleTasks;
  /** Default: 10 %, and the rest five minutes later. */
  readonly shift?: SampleShift;
}

/**
 * CodeDeploy application and deployment group. The group is the plain resource, because the construct for it
 * attaches the Limited managed policy, which refuses custom task roles (aws-facts 7.2).
 */
export class SampleDeployments extends Construct {
  constructor(scope: Construct, id: string, props: SampleDeploymentsProps) {
    super(scope, id);
    const { balancing, tasks, shift = defaultShift } = props;
    const application = new EcsApplication(this, 'Application', {
      applicationName: sample.application,
    });
    const group = new CfnDeploymentGroup(this, 'DeploymentGroup', {
      applicationName: application.applicationName,
      deploymentGroupName: sample.deploymentGroup,
      serviceRoleArn: this.#serviceRoleArn(props),
      deploymentConfigName: shift.name,
      deploymentStyle: {
        deploymentType: 'BLUE_GREEN',
        deploymentOption: 'WITH_TRAFFIC_CONTROL',
      },
      ecsServices: [
        { clusterName: tasks.cluster.clusterName, serviceName: tasks.service.serviceName },
      ],
      loadBalancerInfo: {
        targetGroupPairInfoList: [
          {
            targetGroups: [
              { name: balancing.blue.targetGroupName },
              { name: balancing.green.targetGroupName },
            ],
            prodTrafficRoute: { listenerArns: [balancing.productionListener.listenerArn] },
            testTrafficRoute: { listenerArns: [balancing.testListener.listenerArn] },
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
        alarms: [{ name: balancing.alarm.alarmName }],
      },
    });
    group.node.addDependency(tasks.service);
    if (shift.custom) group.node.addDependency(customShift(this, shift.name, shift.custom));
  }

  #serviceRoleArn({ balancing, tasks }: SampleDeploymentsProps): string {
    return codeDeployServiceRole(this, 'ServiceRole', {
      description: 'CodeDeploy: shifts traffic of the sample service',
      clusterArn: tasks.cluster.clusterArn,
      clusterName: sample.cluster,
      serviceName: sample.service,
      passedRoleArns: [tasks.executionRole.roleArn, tasks.taskRole.roleArn],
      loadBalancerFullName: balancing.loadBalancer.loadBalancerFullName,
      listenerArns: [balancing.productionListener.listenerArn, balancing.testListener.listenerArn],
    }).roleArn;
  }
}
