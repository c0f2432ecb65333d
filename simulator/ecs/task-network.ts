import type { NetworkConfiguration } from '@aws-sdk/client-ecs';
import type { Ids } from '../core/ids.ts';

/** The elastic network interface of a task in awsvpc mode. */
export interface TaskNetwork {
  readonly attachmentId: string;
  readonly networkInterfaceId: string;
  readonly macAddress: string;
  readonly subnetId: string;
  readonly privateIp: string;
  readonly hostName: string;
  readonly availabilityZone: string;
}

const firstHost = 10;
const hostsPerBlock = 240;

/**
 * Hands out private addresses: subnet N of the configuration is 10.0.N.0/24 and so on. The template's own
 * CIDR blocks are not looked at, as nothing in a rehearsal depends on them.
 */
export class TaskNetworks {
  readonly #ids: Ids;
  readonly #region: string;
  readonly #subnets: string[] = [];
  #count = 0;

  constructor(ids: Ids, region: string) {
    this.#ids = ids;
    this.#region = region;
  }

  next(configuration: NetworkConfiguration | undefined): TaskNetwork {
    const subnets = configuration?.awsvpcConfiguration?.subnets ?? [];
    const number = this.#count++;
    const turn = subnets.length > 0 ? number % subnets.length : 0;
    const subnetId = subnets[turn] ?? 'subnet-00000000000000000';
    if (!this.#subnets.includes(subnetId)) this.#subnets.push(subnetId);
    const block = Math.floor(number / hostsPerBlock) * 16 + this.#subnets.indexOf(subnetId);
    const host = firstHost + (number % hostsPerBlock);
    const privateIp = `10.${Math.floor(block / 256) % 256}.${block % 256}.${host}`;
    return {
      attachmentId: this.#ids.uuid(),
      networkInterfaceId: `eni-${this.#ids.hex(17)}`,
      macAddress: `02:${this.#ids.hex(10).replace(/..(?=.)/g, '$&:')}`,
      subnetId,
      privateIp,
      hostName: `ip-${privateIp.replaceAll('.', '-')}.${this.#region}.compute.internal`,
      availabilityZone: `${this.#region}${'abcdef'[turn] ?? 'a'}`,
    };
  }
}
