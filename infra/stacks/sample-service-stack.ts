import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Strategy } from '../../functions/core/config/schema.ts';
import type { HookNetwork } from '../constructs/controller-function.ts';
import { SampleDeployments } from '../constructs/sample-deployments.ts';
import { SampleLoadBalancer } from '../constructs/sample-load-balancer.ts';
import { SampleNetwork } from '../constructs/sample-network.ts';
import { SampleTasks } from '../constructs/sample-tasks.ts';
import { sample } from '../names.ts';
import type { SampleShift } from '../traffic-shift.ts';

export interface SampleServiceStackProps extends StackProps {
  /** Default: codedeploy. */
  readonly strategy?: Strategy;
  /** Default: 10 %, and the rest five minutes later. */
  readonly shift?: SampleShift;
  /** Folder with the Dockerfile of the first image. */
  readonly workloadDirectory: string;
}

/** A service to try Greengate on: load balancer, Fargate service and, unless ECS itself deploys it, CodeDeploy deployment group. */
export class SampleServiceStack extends Stack {
  /** Where hooks must run to reach the test listener. */
  readonly hookNetwork: HookNetwork;
  /** Where the test listener of blue/green answers; only `hookNetwork` can reach it. */
  readonly testUrl: string;

  constructor(scope: Construct, id: string, props: SampleServiceStackProps) {
    super(scope, id, props);
    const { strategy = 'codedeploy' } = props;
    const pair = strategy === 'codedeploy';
    const network = new SampleNetwork(this, 'Network', { hasTestListener: pair });
    const balancing = new SampleLoadBalancer(this, 'Balancing', { network, pair });
    const tasks = new SampleTasks(this, 'Tasks', {
      strategy,
      network,
      balancing,
      workloadDirectory: props.workloadDirectory,
    });
    if (pair)
      new SampleDeployments(this, 'Deployments', {
        balancing,
        tasks,
        ...(props.shift && { shift: props.shift }),
      });
    this.hookNetwork = { vpc: network.vpc, securityGroup: network.hookSecurityGroup };

    const { loadBalancerDnsName } = balancing.loadBalancer;
    this.testUrl = `http://${loadBalancerDnsName}:${sample.testPort}`;
    new CfnOutput(this, 'ProductionUrl', { value: `http://${loadBalancerDnsName}` });
    // Where to push: a release is an image of this repository with a tag that the configuration takes.
    new CfnOutput(this, 'RepositoryUri', { value: tasks.repository.repositoryUri });
  }
}
