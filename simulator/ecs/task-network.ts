import type { NetworkConfiguration } from '@aws-sdk/client-ecs';
import { addressAt, blockSize } from '../core/cidr.ts';
import type { World } from '../core/world.ts';
import type { TaskPlacement } from './instances/state.ts';

/** The elastic network interface of a task in awsvpc mode, or its place behind that of its instance. */
export interface TaskNetwork {
  readonly mode: 'awsvpc' | 'bridge' | 'host';
  /** The task runs on a container instance, not on Fargate. */
  readonly onInstance: boolean;
  readonly attachmentId: string;
  readonly networkInterfaceId: string;
  readonly macAddress: string;
  readonly subnetId: string;
  readonly privateIp: string;
  readonly hostName: string;
  readonly availabilityZone: string;
}

/** AWS keeps the last address of a subnet; the first ones are left to balancers where there is room. */
const keptAtTheEnd = 1;
const firstOffset = (size: number) => (size > 64 ? 16 : 4);

/**
 * Hands out private addresses of the tasks' subnets, in turn. A subnet that EC2 does not know counts as
 * 10.0.N.0/24, its number N in the order of appearance. A full one gives an address twice: nothing is refused.
 */
export class TaskNetworks {
  readonly #world: World;
  readonly #strangers: string[] = [];
  readonly #handedOut = new Map<string, number>();
  readonly #inUse = new Set<string>();
  #count = 0;
  #bridged = 0;

  constructor(world: World) {
    this.#world = world;
  }

  next(configuration: NetworkConfiguration | undefined, placement?: TaskPlacement): TaskNetwork {
    const { ids, identity, services } = this.#world;
    const subnets = configuration?.awsvpcConfiguration?.subnets ?? [];
    const turn = subnets.length > 0 ? this.#count++ % subnets.length : 0;
    const subnetId = subnets[turn] ?? 'subnet-00000000000000000';
    const subnet = services.ec2.subnet(subnetId);
    const privateIp = this.#address(subnetId, subnet?.cidrBlock ?? this.#strangeBlock(subnetId));
    this.#inUse.add(privateIp);
    return {
      mode: 'awsvpc',
      onInstance: placement !== undefined,
      attachmentId: ids.uuid(),
      networkInterfaceId: `eni-${ids.hex(17)}`,
      macAddress: `02:${ids.hex(10).replace(/..(?=.)/g, '$&:')}`,
      subnetId,
      privateIp,
      hostName: `ip-${privateIp.replaceAll('.', '-')}.${identity.region}.compute.internal`,
      availabilityZone:
        subnet?.availabilityZone ?? `${identity.region}${'abcdef'[turn % 6] ?? 'a'}`,
    };
  }

  /** Docker's own network of each instance; here its addresses differ from instance to instance. */
  onInstance({ instance }: TaskPlacement, mode: string | undefined): TaskNetwork {
    const bridge = mode !== 'host';
    const number = this.#bridged++;
    const privateIp = bridge
      ? `172.17.${Math.floor(number / 250) % 256}.${(number % 250) + 2}`
      : instance.privateIp;
    return {
      onInstance: true,
      mode: bridge ? 'bridge' : 'host',
      attachmentId: '',
      networkInterfaceId: '',
      macAddress: '',
      subnetId: '',
      privateIp,
      hostName: `ip-${instance.privateIp.replaceAll('.', '-')}.${this.#world.identity.region}.compute.internal`,
      availabilityZone: instance.availabilityZone,
    };
  }

  /** The address of a task that is gone may be given again. */
  release({ privateIp }: TaskNetwork): void {
    this.#inUse.delete(privateIp);
  }

  #address(subnetId: string, block: string): string {
    const size = blockSize(block);
    const first = firstOffset(size);
    const usable = Math.max(1, size - first - keptAtTheEnd);
    for (let attempt = 0; ; attempt++) {
      const number = this.#handedOut.get(subnetId) ?? 0;
      this.#handedOut.set(subnetId, number + 1);
      const address = addressAt(block, first + (number % usable));
      if (!this.#inUse.has(address) || attempt >= usable) return address;
    }
  }

  #strangeBlock(subnetId: string): string {
    if (!this.#strangers.includes(subnetId)) this.#strangers.push(subnetId);
    return `10.0.${this.#strangers.indexOf(subnetId) % 256}.0/24`;
  }
}
