import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import {
  ApplicationListener,
  ApplicationLoadBalancer,
  ApplicationProtocol,
  ApplicationTargetGroup,
  HttpCodeTarget,
  ListenerAction,
  Protocol,
  TargetType,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import { sample } from '../names.ts';
import type { SampleNetwork } from './sample-network.ts';

/** What only blue/green has: a second group, and a listener where hooks meet it first. */
export interface SamplePair {
  readonly green: ApplicationTargetGroup;
  readonly testListener: ApplicationListener;
}

export interface SampleLoadBalancerProps {
  readonly network: SampleNetwork;
  /** True for blue/green; a rolling update replaces tasks in the one group that there is. */
  readonly pair: boolean;
}

/** ALB with its production listener, for blue/green the pair, and the alarm that stops deployments. */
export class SampleLoadBalancer extends Construct {
  readonly loadBalancer: ApplicationLoadBalancer;
  readonly productionListener: ApplicationListener;
  readonly blue: ApplicationTargetGroup;
  readonly pair: SamplePair | undefined;
  readonly alarm: Alarm;

  constructor(scope: Construct, id: string, { network, pair }: SampleLoadBalancerProps) {
    super(scope, id);
    this.loadBalancer = new ApplicationLoadBalancer(this, 'LoadBalancer', {
      loadBalancerName: sample.cluster,
      vpc: network.vpc,
      internetFacing: true,
      securityGroup: network.loadBalancerSecurityGroup,
    });
    acknowledge(this.loadBalancer, {
      'AwsSolutions-ELB2':
        'A sample without users: its metrics feed the alarm and the hooks keep their own evidence; an access log bucket would outlive every demonstration',
    });
    this.blue = this.#targetGroup('Blue', 'greengate-shop-blue', network);
    const green = pair ? this.#targetGroup('Green', 'greengate-shop-green', network) : undefined;
    // Before the first deployment both listeners must point at the group of the primary task set (aws-facts 4.3).
    this.productionListener = this.#listener('Production', sample.productionPort, green);
    this.pair = green && {
      green,
      testListener: this.#listener('Test', sample.testPort, green),
    };
    this.alarm = this.#alarm();
  }

  #targetGroup(
    id: string,
    targetGroupName: string,
    { vpc }: SampleNetwork,
  ): ApplicationTargetGroup {
    return new ApplicationTargetGroup(this, id, {
      targetGroupName,
      vpc,
      targetType: TargetType.IP,
      protocol: ApplicationProtocol.HTTP,
      port: sample.containerPort,
      deregistrationDelay: Duration.seconds(30),
      healthCheck: {
        protocol: Protocol.HTTP,
        path: sample.healthPath,
        interval: Duration.seconds(10),
        timeout: Duration.seconds(5),
        healthyThresholdCount: 2,
        unhealthyThresholdCount: 2,
        healthyHttpCodes: '200',
      },
    });
  }

  #listener(
    id: string,
    port: number,
    green: ApplicationTargetGroup | undefined,
  ): ApplicationListener {
    const listener = new ApplicationListener(this, id, {
      loadBalancer: this.loadBalancer,
      port,
      protocol: ApplicationProtocol.HTTP,
      // The security group says who may come in, not the listener's default of everybody.
      open: false,
      defaultAction: ListenerAction.forward([this.blue]),
    });
    // CodeDeploy leaves both groups in the rule (aws-facts 4.3); deleted first, the other one would be in use.
    if (green) listener.node.addDependency(green);
    return listener;
  }

  /**
   * On the load balancer, because the groups swap roles with every release (aws-facts 3.9). Its counter also
   * holds what hooks provoke on the test listener; one burst of probes touches two periods at most, so three
   * in a row mean clients. That is still within the five minutes of the canary's first step.
   */
  #alarm(): Alarm {
    return new Alarm(this, 'TargetErrors', {
      alarmName: sample.alarm,
      alarmDescription:
        'Tasks answered 10 or more requests a minute with 5xx, three minutes in a row',
      metric: this.loadBalancer.metrics.httpCodeTarget(HttpCodeTarget.TARGET_5XX_COUNT, {
        statistic: 'Sum',
        period: Duration.minutes(1),
      }),
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: 10,
      evaluationPeriods: 3,
      datapointsToAlarm: 3,
      // No traffic is no error: a fresh service must be deployable (aws-facts 3.9).
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }
}
