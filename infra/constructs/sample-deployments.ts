import { Construct } from 'constructs';
import { sample } from '../names.ts';
import { defaultShift, type SampleShift } from '../traffic-shift.ts';
import type { SampleLoadBalancer } from './sample-load-balancer.ts';
import type { SampleTasks } from './sample-tasks.ts';
import { shiftTraffic } from './traffic-shifting.ts';

export interface SampleDeploymentsProps {
  readonly balancing: SampleLoadBalancer;
  readonly tasks: SampleTasks;
  /** Default: 10 %, and the rest five minutes later. */
  readonly shift?: SampleShift;
}

/** CodeDeploy application and deployment group of the sample. */
export class SampleDeployments extends Construct {
  constructor(scope: Construct, id: string, props: SampleDeploymentsProps) {
    super(scope, id);
    const { balancing, tasks, shift = defaultShift } = props;
    const { pair } = balancing;
    if (!pair) throw new Error('Blue/green needs two groups and a test listener');
    shiftTraffic(this, {
      application: sample.application,
      deploymentGroup: sample.deploymentGroup,
      clusterName: tasks.cluster.clusterName,
      serviceName: tasks.service.serviceName,
      service: tasks.service,
      groups: [balancing.blue, pair.green],
      production: balancing.productionListener,
      test: pair.testListener,
      shift,
      alarmNames: [balancing.alarm.alarmName],
      role: {
        description: 'CodeDeploy: shifts traffic of the sample service',
        clusterArn: tasks.cluster.clusterArn,
        clusterName: sample.cluster,
        serviceName: sample.service,
        passedRoleArns: [tasks.executionRole.roleArn, tasks.taskRole.roleArn],
        loadBalancerFullName: balancing.loadBalancer.loadBalancerFullName,
      },
    });
  }
}
