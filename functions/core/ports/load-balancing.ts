export interface Listener {
  readonly listenerArn: string;
  readonly protocol: 'HTTP' | 'HTTPS';
  readonly port: number;
  /** DNS name of its load balancer. */
  readonly host: string;
  /** Each forward action, the default one and every rule's, with weights by target group ARN. */
  readonly forwardings: readonly {
    readonly arn: string;
    readonly weights: Readonly<Record<string, number>>;
  }[];
}

export interface TargetGroup {
  readonly arn: string;
  readonly name: string;
}

export interface TargetState {
  readonly target: string;
  readonly state: string;
  readonly reason: string | undefined;
}

/** ELBv2, read only. */
export interface LoadBalancing {
  listener(listenerArn: string): Promise<Listener>;
  targetGroups(names: readonly string[]): Promise<TargetGroup[]>;
  targetHealth(targetGroupArn: string): Promise<TargetState[]>;
}
