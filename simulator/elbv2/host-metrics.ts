import type { TargetHealth } from '../core/services.ts';
import type { World } from '../core/world.ts';
import type { TargetGroup } from './state.ts';

/** HealthyHostCount and UnHealthyHostCount of one target group, reported each minute while it has targets (ALB guide). */
export class HostMetrics {
  readonly #world: World;
  readonly #group: TargetGroup;
  readonly #healths: () => readonly TargetHealth[];
  #isChecked = false;
  /** Dimensions of what is reported at present. */
  #reported: Readonly<Record<string, string>> | undefined;

  constructor(world: World, group: TargetGroup, healths: () => readonly TargetHealth[]) {
    this.#world = world;
    this.#group = group;
    this.#healths = healths;
  }

  /** The first health check begins the report. */
  checked(): void {
    this.#isChecked = true;
    this.changed();
  }

  /** After a change of targets or of the group's place. */
  changed(): void {
    const healths = this.#healths();
    const LoadBalancer = this.#group.loadBalancerArn?.replace(/^.*:loadbalancer\//, '');
    if (!this.#isChecked || LoadBalancer === undefined || healths.length === 0) {
      this.stop();
      return;
    }
    if (this.#reported?.LoadBalancer !== LoadBalancer) this.stop();
    this.#isChecked = true;
    this.#reported = { LoadBalancer, TargetGroup: this.#group.fullName };
    const count = (wanted: string) => healths.filter(({ state }) => state === wanted).length;
    this.#report('HealthyHostCount', [count('healthy')]);
    this.#report('UnHealthyHostCount', [count('unhealthy')]);
  }

  stop(): void {
    this.#report('HealthyHostCount', []);
    this.#report('UnHealthyHostCount', []);
    this.#reported = undefined;
    this.#isChecked = false;
  }

  #report(name: string, values: readonly number[]): void {
    if (!this.#reported) return;
    this.#world.services.cloudwatch.holdMetric({
      namespace: 'AWS/ApplicationELB',
      name,
      dimensions: this.#reported,
      values,
    });
  }
}
