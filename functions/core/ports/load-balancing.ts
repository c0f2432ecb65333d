/** Where a listener is reached. */
export interface ListenerAddress {
  readonly protocol: 'HTTP' | 'HTTPS';
  readonly port: number;
  /** DNS name of its load balancer. */
  readonly host: string;
}

/** A forward action, of the listener by default or of one of its rules. */
export interface Forwarding {
  /** Of the listener or the rule. */
  readonly arn: string;
  /** By target group ARN. */
  readonly weights: Readonly<Record<string, number>>;
}

export interface Listener extends ListenerAddress {
  readonly listenerArn: string;
  /** Each forward action, the default one and every rule's. */
  readonly forwardings: readonly Forwarding[];
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
  /** What the listener does, without where it is: the fewest calls. */
  forwardings(listenerArn: string): Promise<Forwarding[]>;
  /** `seen` are ARNs that others name at this moment: what contradicts them is asked for anew. */
  targetGroups(names: readonly string[], seen?: readonly string[]): Promise<TargetGroup[]>;
  targetHealth(targetGroupArn: string): Promise<TargetState[]>;
}
