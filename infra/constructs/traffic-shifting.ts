import { CfnDeploymentGroup, EcsApplication } from 'aws-cdk-lib/aws-codedeploy';
import type {
  IApplicationListener,
  IApplicationTargetGroup,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct, IDependable } from 'constructs';
import {
  codeDeployServiceRole,
  type ServiceRoleProps,
} from '../permissions/codedeploy-service-role.ts';
import type { SampleShift } from '../traffic-shift.ts';
import { customShift } from './custom-shift.ts';

export interface TrafficShiftingProps {
  /** Name of the CodeDeploy application. */
  readonly application: string;
  readonly deploymentGroup: string;
  readonly clusterName: string;
  /** Name of the ECS service, which may refer to `service`. */
  readonly serviceName: string;
  /** Must be there before the deployment group. */
  readonly service: IDependable;
  readonly role: Omit<ServiceRoleProps, 'listenerArns'>;
  readonly groups: readonly Pick<IApplicationTargetGroup, 'targetGroupName'>[];
  readonly production: Pick<IApplicationListener, 'listenerArn'>;
  readonly test: Pick<IApplicationListener, 'listenerArn'>;
  readonly shift: SampleShift;
  /** What stops a deployment. */
  readonly alarmNames: readonly string[];
}

/**
 * CodeDeploy application, deployment group and its role, into `scope`. The group is the plain resource, because the
 * construct for it attaches the Limited managed policy, which refuses custom task roles (aws-facts 7.2).
 */
export function shiftTraffic(scope: Construct, props: TrafficShiftingProps): void {
  const { shift, production, test } = props;
  const application = new EcsApplication(scope, 'Application', {
    applicationName: props.application,
  });
  const serviceRole = codeDeployServiceRole(scope, 'ServiceRole', {
    ...props.role,
    listenerArns: [production.listenerArn, test.listenerArn],
  });
  const group = new CfnDeploymentGroup(scope, 'DeploymentGroup', {
    applicationName: application.applicationName,
    deploymentGroupName: props.deploymentGroup,
    serviceRoleArn: serviceRole.roleArn,
    deploymentConfigName: shift.name,
    deploymentStyle: {
      deploymentType: 'BLUE_GREEN',
      deploymentOption: 'WITH_TRAFFIC_CONTROL',
    },
    ecsServices: [{ clusterName: props.clusterName, serviceName: props.serviceName }],
    loadBalancerInfo: {
      targetGroupPairInfoList: [
        {
          targetGroups: props.groups.map(({ targetGroupName: name }) => ({ name })),
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
      alarms: props.alarmNames.map((name) => ({ name })),
    },
  });
  group.node.addDependency(props.service);
  if (shift.custom) group.node.addDependency(customShift(scope, shift.name, shift.custom));
}
