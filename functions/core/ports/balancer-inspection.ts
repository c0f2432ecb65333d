/** A forward action, of a listener by default or of one of its rules. */
export interface InspectedForwarding {
  /** Of the listener or the rule. */
  readonly arn: string;
  /** By target group ARN. */
  readonly weights: Readonly<Record<string, number>>;
  /** How long a client stays with its group whatever the weights say; 0 without stickiness (aws-facts 4.1). */
  readonly stickinessSeconds: number;
}

export interface InspectedListener {
  readonly arn: string;
  readonly loadBalancerArn: string;
  readonly protocol: string;
  readonly port: number;
}

export interface InspectedBalancer {
  readonly arn: string;
  /** DNS name. */
  readonly host: string;
  readonly type: string;
  readonly scheme: 'internet-facing' | 'internal';
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  /** Empty for a Network Load Balancer without any, which lets everything in. */
  readonly securityGroupIds: readonly string[];
}

export interface InspectedTargetGroup {
  readonly arn: string;
  readonly name: string;
  readonly protocol: string;
  readonly protocolVersion: string;
  readonly port: number;
  readonly vpcId: string;
  readonly targetType: string;
  /** Of the load balancers whose rules refer to it; empty for one that none refers to yet. */
  readonly loadBalancerArns: readonly string[];
  readonly healthCheck: {
    readonly protocol: string;
    /** `traffic-port`, or a number. */
    readonly port: string;
    readonly path: string | undefined;
    readonly matcher: string | undefined;
    readonly intervalSeconds: number;
    readonly timeoutSeconds: number;
    readonly healthyThreshold: number;
    readonly unhealthyThreshold: number;
  };
}

/** ELBv2 as its settings, read only. */
export interface BalancerInspection {
  /** In the order asked for; those that are not there are missing. */
  listeners(listenerArns: readonly string[]): Promise<InspectedListener[]>;
  /** Of the listener's default action and every rule; other actions are left out. */
  forwardings(listenerArn: string): Promise<InspectedForwarding[]>;
  /** Undefined when it is not there. */
  loadBalancer(loadBalancerArn: string): Promise<InspectedBalancer | undefined>;
  /** Those of the names that are there. */
  targetGroups(names: readonly string[]): Promise<InspectedTargetGroup[]>;
  /** How long a target that leaves may finish what it does. */
  deregistrationDelaySeconds(targetGroupArn: string): Promise<number>;
}
