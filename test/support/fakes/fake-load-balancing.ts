import type {
  Forwarding,
  Listener,
  LoadBalancing,
  TargetGroup,
  TargetState,
} from '../../../functions/core/ports/load-balancing.ts';

const groupArn = (name: string, id: string) =>
  `arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/${name}/${id}`;

export const blueGroup: TargetGroup = {
  name: 'shop-blue',
  arn: groupArn('shop-blue', '0123456789abcdef'),
};
export const greenGroup: TargetGroup = {
  name: 'shop-green',
  arn: groupArn('shop-green', 'fedcba9876543210'),
};

/** Two listeners of one load balancer and the pair of groups behind them. */
export class FakeLoadBalancing implements LoadBalancing {
  readonly listeners = new Map<string, Listener>();
  readonly health = new Map<string, TargetState[]>();
  groups: TargetGroup[] = [blueGroup, greenGroup];
  /** Runs before each `targetHealth`, e.g. to let targets become healthy. */
  beforeHealth: () => void = () => undefined;

  constructor() {
    this.forward('arn:listener/production', { [blueGroup.arn]: 100, [greenGroup.arn]: 0 });
    this.forward('arn:listener/test', { [blueGroup.arn]: 100, [greenGroup.arn]: 0 });
  }

  /** Sets the weights of a listener's default action. */
  forward(listenerArn: string, weights: Readonly<Record<string, number>>): void {
    this.listeners.set(listenerArn, {
      listenerArn,
      protocol: 'HTTP',
      port: listenerArn.endsWith('test') ? 8080 : 80,
      host: 'shop.elb.test',
      forwardings: [{ arn: listenerArn, weights }],
    });
  }

  async listener(listenerArn: string): Promise<Listener> {
    const listener = this.listeners.get(listenerArn);
    if (listener === undefined) throw new Error(`no listener ${listenerArn}`);
    return listener;
  }

  async forwardings(listenerArn: string): Promise<Forwarding[]> {
    return [...(await this.listener(listenerArn)).forwardings];
  }

  async targetGroups(names: readonly string[]): Promise<TargetGroup[]> {
    return this.groups.filter((group) => names.includes(group.name));
  }

  async targetHealth(targetGroupArn: string): Promise<TargetState[]> {
    this.beforeHealth();
    return this.health.get(targetGroupArn) ?? [];
  }
}

/** Targets with the given states, e.g. `healthy`. */
export function targets(...states: readonly string[]): TargetState[] {
  return states.map((state, index) => ({
    target: `10.0.0.${index + 1}:8080`,
    state,
    reason: undefined,
  }));
}
