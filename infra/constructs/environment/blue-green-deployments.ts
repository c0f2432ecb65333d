import { Construct } from 'constructs';
import { defaultShift, predefinedShifts, shiftNamed } from '../../traffic-shift.ts';
import { shiftTraffic } from '../traffic-shifting.ts';
import type { GreengateService } from './service.ts';

export interface BlueGreenDeploymentsProps {
  readonly service: GreengateService;
  readonly shift?: string;
  readonly alarmNames?: readonly string[];
}

/** CodeDeploy application and deployment group, both named as the service. */
export class BlueGreenDeployments extends Construct {
  constructor(scope: Construct, id: string, props: BlueGreenDeploymentsProps) {
    super(scope, id);
    const { service, alarmNames } = props;
    const { serviceName, clusterName, task } = service;
    const { groups, production, test } = service.listeners;
    if (!groups.green || !test) throw new Error('Blue/green needs two groups and a test listener');
    const shift = shiftNamed(props.shift ?? defaultShift.name);
    if (!shift) {
      throw new Error(
        `GreengateService: unknown shift "${props.shift}"; one of ${predefinedShifts.join(', ')}, or a custom one such as Canary25Percent2Minutes or Linear20PercentEvery2Minutes`,
      );
    }
    shiftTraffic(this, {
      application: serviceName,
      deploymentGroup: serviceName,
      ...{ clusterName, serviceName, production, test, shift },
      service: service.service,
      groups: [groups.blue, groups.green],
      alarmNames: service.alarmNames(alarmNames),
      role: {
        description: `CodeDeploy: shifts traffic of ${serviceName}`,
        clusterArn: service.cluster.clusterArn,
        ...{ clusterName, serviceName },
        passedRoleArns: [task.executionRole.roleArn, task.taskRole.roleArn],
        loadBalancerFullName: service.loadBalancer.loadBalancer.loadBalancerFullName,
      },
    });
  }
}
