import type { SecurityGroup, SecurityGroupRule, Subnet } from '../../ports/network.ts';
import { blockContains } from './ipv4-block.ts';

/** The other end of a connection: the groups of its interface, and all the addresses that it may have. */
export interface Peer {
  readonly securityGroupIds: readonly string[];
  /** IPv4 blocks; all of them must be let through. */
  readonly blocks: readonly string[];
}

/** `unknown` when only a prefix list might let it through. */
export type Admission = 'yes' | 'no' | 'unknown';

/** Whether one direction of the security groups lets TCP through on a port; rules of all groups add up. */
export function securityGroupAdmits(
  groups: readonly SecurityGroup[],
  direction: 'inbound' | 'outbound',
  port: number,
  peer: Peer,
): Admission {
  const rules = groups.flatMap((group) => group[direction]).filter((rule) => covers(rule, port));
  const byGroup = rules.some(({ securityGroupIds }) =>
    securityGroupIds.some((id) => peer.securityGroupIds.includes(id)),
  );
  const open = rules.flatMap(({ blocks }) => blocks);
  const byBlock =
    peer.blocks.length > 0 &&
    peer.blocks.every((block) => open.some((allowed) => blockContains(allowed, block)));
  if (byGroup || byBlock) return 'yes';
  return rules.some(({ prefixListIds }) => prefixListIds.length > 0) ? 'unknown' : 'no';
}

/** IPv4 blocks of subnets; one that has IPv6 alone has none. */
export function blocksOf(subnets: readonly Subnet[]): string[] {
  return subnets.flatMap(({ block }) => (block === '' ? [] : [block]));
}

/** Ports that the rules open, for a person. */
export function describeRules(
  groups: readonly SecurityGroup[],
  direction: 'inbound' | 'outbound',
  port: number,
): string {
  const rules = groups.flatMap((group) => group[direction]).filter((rule) => covers(rule, port));
  const peers = rules.flatMap(({ blocks, securityGroupIds, prefixListIds }) => [
    ...blocks,
    ...securityGroupIds,
    ...prefixListIds,
  ]);
  const names = groups.map(({ id }) => id).join(', ');
  return `${names} ${direction === 'inbound' ? 'lets in' : 'lets out'} on port ${port}: ${peers.join(', ') || 'nobody'}`;
}

function covers({ protocol, fromPort, toPort }: SecurityGroupRule, port: number): boolean {
  // 6 is TCP's number; EC2 shows the name, other tools write either.
  return ['tcp', '6', '-1'].includes(protocol) && fromPort <= port && port <= toPort;
}
