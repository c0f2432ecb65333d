import type { World } from '../core/world.ts';
import type { LoadBalancers } from './load-balancers.ts';
import type { TargetGroup } from './state.ts';

export interface UnusedTarget {
  readonly state: 'unused';
  readonly reason: 'Target.NotInUse' | 'Target.InvalidState' | 'Target.IpUnusable';
  readonly description: string;
}

export const notInUse: UnusedTarget = {
  state: 'unused',
  reason: 'Target.NotInUse',
  description: 'Target group is not configured to receive traffic from the load balancer',
};

const zoneNotEnabled: UnusedTarget = {
  ...notInUse,
  description: 'Target is in an Availability Zone that is not enabled for the load balancer',
};

const terminated: UnusedTarget = {
  state: 'unused',
  reason: 'Target.InvalidState',
  description: 'Target is in the terminated state',
};

const addressOfBalancer: UnusedTarget = {
  state: 'unused',
  reason: 'Target.IpUnusable',
  description: 'The target IP address is reserved for use by a load balancer',
};

/** Why a target of a group in use gets neither checks nor requests (API reference, TargetHealth); undefined if it does. */
export class TargetUsability {
  readonly #world: World;
  readonly #group: TargetGroup;
  readonly #balancers: LoadBalancers;

  constructor(world: World, group: TargetGroup, balancers: LoadBalancers) {
    this.#world = world;
    this.#group = group;
    this.#balancers = balancers;
  }

  /** `byService`: ECS registered it, thus it is a task's address. */
  unusable(id: string, byService: boolean): UnusedTarget | undefined {
    if (this.#group.targetType === 'instance') {
      const instance = this.#world.services.ecs.containerInstance(id);
      return instance ? this.#inZone(() => instance.availabilityZone) : terminated;
    }
    if (!byService && this.#belongsToBalancer(id)) return addressOfBalancer;
    const { vpcId } = this.#group;
    if (vpcId === undefined) return undefined;
    return this.#inZone(() => this.#world.services.ec2.zoneOfAddress(vpcId, id));
  }

  /** A balancer whose subnets EC2 does not know is in every zone; an address outside of the VPC in none. */
  #inZone(zoneOf: () => string | undefined): UnusedTarget | undefined {
    const { ec2 } = this.#world.services;
    const arn = this.#group.loadBalancerArn;
    const balancer = this.#balancers.all().find((each) => each.arn === arn);
    const enabled = (balancer?.subnets ?? []).flatMap(
      (subnetId) => ec2.subnet(subnetId)?.availabilityZone ?? [],
    );
    const zone = enabled.length === 0 ? undefined : zoneOf();
    return zone === undefined || enabled.includes(zone) ? undefined : zoneNotEnabled;
  }

  #belongsToBalancer(address: string): boolean {
    return this.#balancers
      .all()
      .some(({ fullName, subnets }) =>
        subnets.some((id) => this.#world.services.ec2.balancerAddress(fullName, id) === address),
      );
  }
}
