import { arn } from '../../core/arns.ts';
import type { World } from '../../core/world.ts';
import type { Cluster } from '../cluster.ts';
import { invalidParameter } from '../service-rules.ts';
import { type InstanceCapacity, instanceCapacity } from './instance-types.ts';
import type { ContainerInstance } from './state.ts';

export interface InstanceRegistration {
  readonly instanceType: string;
  readonly autoScalingGroup?: string | undefined;
  readonly ec2InstanceId?: string | undefined;
  readonly availabilityZone?: string | undefined;
  /** Of what the agent says; by default what the instance type has. */
  readonly capacity?: Partial<InstanceCapacity>;
  readonly attributes?: ReadonlyMap<string, string>;
  readonly tags?: ReadonlyMap<string, string>;
}

/** Container instances of all clusters. */
export class ContainerInstances {
  readonly #world: World;
  readonly #all = new Set<ContainerInstance>();
  readonly #waiting = new Set<() => void>();
  #count = 0;

  constructor(world: World) {
    this.#world = world;
  }

  /** An agent joins the cluster; tasks that wait for capacity hear of it. */
  register(cluster: Cluster, registration: InstanceRegistration): ContainerInstance {
    const instance = this.add(cluster, registration);
    this.capacityFreed();
    return instance;
  }

  /** The same, and whoever added it is served first. */
  add(cluster: Cluster, registration: InstanceRegistration): ContainerInstance {
    const { ids, identity, clock, settings } = this.#world;
    const number = this.#count++;
    const id = ids.hex(32);
    const capacity = {
      ...instanceCapacity(registration.instanceType, settings),
      ...registration.capacity,
    };
    const zone = registration.availabilityZone ?? `${identity.region}${'abc'[number % 3] ?? 'a'}`;
    const instance: ContainerInstance = {
      id,
      arn: arn(identity, 'ecs', `container-instance/${cluster.name}/${id}`),
      cluster,
      ec2InstanceId: registration.ec2InstanceId ?? `i-0${ids.hex(16)}`,
      instanceType: registration.instanceType,
      capacity,
      registeredAtMs: clock.now(),
      availabilityZone: zone,
      privateIp: `10.255.${Math.floor(number / 250) % 256}.${(number % 250) + 4}`,
      autoScalingGroup: registration.autoScalingGroup,
      attributes: new Map([
        ['ecs.availability-zone', zone],
        ['ecs.instance-type', registration.instanceType],
        ['ecs.os-type', 'linux'],
        ['ecs.os-family', 'LINUX'],
        ['ecs.cpu-architecture', capacity.architecture],
        ...(registration.attributes ?? []),
      ]),
      tags: new Map(registration.tags),
      status: 'ACTIVE',
      version: 1,
      tasks: new Set(),
    };
    this.#all.add(instance);
    return instance;
  }

  /** Registered ones, DRAINING ones included. */
  ofCluster(cluster: Cluster): ContainerInstance[] {
    return [...this.#all].filter(
      (instance) => instance.cluster === cluster && instance.status !== 'INACTIVE',
    );
  }

  /** By id or ARN. */
  find(cluster: Cluster, reference: string): ContainerInstance | undefined {
    return this.ofCluster(cluster).find(({ id, arn }) => id === reference || arn === reference);
  }

  /** Whatever its cluster. */
  onEc2Instance(ec2InstanceId: string): ContainerInstance | undefined {
    return [...this.#all].find((instance) => instance.ec2InstanceId === ec2InstanceId);
  }

  get(cluster: Cluster, reference: string): ContainerInstance {
    const found = this.find(cluster, reference);
    if (!found) throw invalidParameter('Referenced container instance not found.');
    return found;
  }

  setStatus(instance: ContainerInstance, status: ContainerInstance['status']): void {
    instance.status = status;
    instance.version++;
    if (status === 'INACTIVE') this.#all.delete(instance);
    if (status === 'ACTIVE') this.capacityFreed();
  }

  /** Hears once of capacity that was not there before. */
  whenFreed(freed: () => void): () => void {
    this.#waiting.add(freed);
    return () => this.#waiting.delete(freed);
  }

  capacityFreed(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const freed of waiting) freed();
  }
}
