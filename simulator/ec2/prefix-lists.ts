import type { World } from '../core/world.ts';
import { hexOf } from './model.ts';

/** A list of address blocks that AWS keeps for one of its services. */
export interface PrefixList {
  readonly id: string;
  /** `com.amazonaws.us-east-1.s3` */
  readonly name: string;
  readonly blocks: readonly string[];
}

/** Services that gateway endpoints are for; the blocks are documentation addresses (RFC 5737). */
const services = [
  { name: 's3', blocks: ['198.51.100.0/25'] },
  { name: 'dynamodb', blocks: ['198.51.100.128/25'] },
] as const;

export function prefixLists(world: World): PrefixList[] {
  return services.map(({ name, blocks }) => {
    const full = `com.amazonaws.${world.identity.region}.${name}`;
    return { id: `pl-${hexOf(world, `prefix list ${full}`).slice(0, 8)}`, name: full, blocks };
  });
}

export function prefixListOf(world: World, serviceName: string): PrefixList | undefined {
  return prefixLists(world).find(({ name }) => name === serviceName);
}
