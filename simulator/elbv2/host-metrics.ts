import type { TargetHealth } from '../core/services.ts';
import type { World } from '../core/world.ts';
import type { TargetGroup } from './state.ts';

/** CloudWatch has a data point of these metrics each minute (ALB guide, "CloudWatch metrics"). */
const periodMs = 60_000;

/** HealthyHostCount and UnHealthyHostCount of one target group: said on change, and each minute while there are targets. */
export class HostMetrics {
  readonly #world: World;
  readonly #group: TargetGroup;
  readonly #healths: () => readonly TargetHealth[];
  #said = '';
  #cancel: (() => void) | undefined;

  constructor(world: World, group: TargetGroup, healths: () => readonly TargetHealth[]) {
    this.#world = world;
    this.#group = group;
    this.#healths = healths;
  }

  /** After a health check: its outcome may be a change. */
  checked(): void {
    const counts = this.#counts();
    if (counts && (!this.#cancel || JSON.stringify(counts) !== this.#said)) this.#say();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #say(): void {
    this.stop();
    const counts = this.#counts();
    const LoadBalancer = this.#group.loadBalancerArn?.replace(/^.*:loadbalancer\//, '');
    if (!counts || LoadBalancer === undefined) return;
    this.#said = JSON.stringify(counts);
    const dimensions = { LoadBalancer, TargetGroup: this.#group.fullName };
    for (const [name, value] of Object.entries(counts)) {
      this.#world.services.cloudwatch.putMetric({
        namespace: 'AWS/ApplicationELB',
        name,
        dimensions,
        value,
      });
    }
    this.#cancel = this.#world.clock.schedule(periodMs, () => this.#say(), 'background');
  }

  /** Nothing is said of a group without load balancer or without targets. */
  #counts(): Readonly<Record<string, number>> | undefined {
    const healths = this.#healths();
    if (this.#group.loadBalancerArn === undefined || healths.length === 0) return undefined;
    const count = (wanted: string) => healths.filter(({ state }) => state === wanted).length;
    return { HealthyHostCount: count('healthy'), UnHealthyHostCount: count('unhealthy') };
  }
}
