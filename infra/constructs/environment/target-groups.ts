import { Duration } from 'aws-cdk-lib';
import {
  type ApplicationListener,
  ApplicationProtocol,
  ApplicationTargetGroup,
  Protocol,
  TargetType,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import type { GreengateNetwork } from './network.ts';

export interface TargetGroupsProps {
  readonly network: GreengateNetwork;
  readonly containerPort: number;
  readonly healthPath: string;
  /** True: two groups, between which CodeDeploy shifts. */
  readonly pair: boolean;
}

/** What a load balancer answers with for a service; `test` only where there is a pair. */
export interface ServingListeners {
  readonly groups: TargetGroups;
  readonly production: ApplicationListener;
  readonly test?: ApplicationListener;
}

/** The group of the first tasks and, for blue/green, the one of their replacement. */
export class TargetGroups extends Construct {
  readonly blue: ApplicationTargetGroup;
  readonly green: ApplicationTargetGroup | undefined;

  constructor(scope: Construct, id: string, props: TargetGroupsProps) {
    super(scope, id);
    this.blue = this.#group('Blue', props);
    this.green = props.pair ? this.#group('Green', props) : undefined;
  }

  get all(): readonly ApplicationTargetGroup[] {
    return this.green ? [this.blue, this.green] : [this.blue];
  }

  #group(id: string, { network, containerPort, healthPath }: TargetGroupsProps) {
    return new ApplicationTargetGroup(this, id, {
      vpc: network.vpc,
      // By address also on instances: each task has a network interface of its own.
      targetType: TargetType.IP,
      protocol: ApplicationProtocol.HTTP,
      port: containerPort,
      deregistrationDelay: Duration.seconds(30),
      healthCheck: {
        protocol: Protocol.HTTP,
        path: healthPath,
        interval: Duration.seconds(10),
        timeout: Duration.seconds(5),
        healthyThresholdCount: 2,
        unhealthyThresholdCount: 2,
        healthyHttpCodes: '200',
      },
    });
  }
}
