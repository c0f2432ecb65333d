import type { InspectedBalancer } from '../../ports/balancer-inspection.ts';
import type { HookFunction } from '../../ports/hook-functions.ts';
import type { SecurityGroup } from '../../ports/network.ts';
import type { Finding } from '../finding.ts';
import type { PreflightCheck } from '../preflight-check.ts';
import {
  blocksOf,
  describeRules,
  type Peer,
  securityGroupAdmits,
} from './security-group-admits.ts';
import type { TrafficCheckFacts } from './traffic-facts.ts';

const anywhere = '0.0.0.0/0';

export const hookReach: PreflightCheck<TrafficCheckFacts> = {
  id: 'hook-reach',
  title: 'The hooks can reach the test listener',
  remedy: "Open the load balancer's security group to the hooks on the test listener's port",

  async judge(facts) {
    const [{ port }, balancer, hooks] = await Promise.all([
      facts.testListener(),
      facts.loadBalancer(),
      facts.hooks(),
    ]);
    const distinct = new Map(hooks.flatMap(({ found }) => (found ? [[keyOf(found), found]] : [])));
    if (distinct.size === 0) return { status: 'SKIP', reason: 'There is no hook to reach it from' };
    const findings = await Promise.all(
      [...distinct.values()].map((hook) => judgeHook(hook, balancer, port, facts)),
    );
    return (
      findings.find(({ status }) => status === 'NG') ??
      findings.find(({ status }) => status === 'SKIP') ??
      findings[0] ?? { status: 'SKIP', reason: 'There is no hook to reach it from' }
    );
  },
};

/** Hooks of one network are judged once. */
function keyOf({ vpc }: HookFunction): string {
  return vpc === undefined
    ? 'outside'
    : [vpc.vpcId, ...vpc.subnetIds, ...vpc.securityGroupIds].join(' ');
}

async function judgeHook(
  hook: HookFunction,
  balancer: InspectedBalancer,
  port: number,
  facts: TrafficCheckFacts,
): Promise<Finding> {
  const { vpc } = hook;
  if (balancer.scheme === 'internal' && vpc === undefined) {
    return {
      status: 'NG',
      expected: `hooks inside VPC ${balancer.vpcId}, where the internal load balancer is`,
      observed: `${hook.name} runs outside any VPC`,
      remedy: `Name private subnets of VPC ${balancer.vpcId} in hooks.subnetIds and a group that the load balancer lets in in hooks.securityGroupIds, then deploy the controller again`,
    };
  }
  if (balancer.scheme === 'internal' && vpc !== undefined && vpc.vpcId !== balancer.vpcId) {
    return {
      status: 'SKIP',
      reason: `Hooks in ${vpc.vpcId}, load balancer in ${balancer.vpcId}: whether they are connected is not looked at`,
    };
  }
  const [peer, balancerGroups, hookGroups] = await Promise.all([
    peerOf(hook, balancer, facts),
    facts.securityGroups(balancer.securityGroupIds),
    facts.securityGroups(vpc?.securityGroupIds ?? []),
  ]);
  if (unknownExit(hook, balancer, peer) && opensToAll(balancerGroups, port)) {
    return {
      status: 'SKIP',
      reason: `The load balancer lets everybody in on port ${port}, but hooks in ${vpc?.vpcId}, which has no NAT gateway, need some other way out`,
    };
  }
  const from = peer.blocks.join(', ') || 'an unknown address';
  // A Network Load Balancer without security groups lets everything in.
  const inbound =
    balancerGroups.length === 0
      ? 'yes'
      : securityGroupAdmits(balancerGroups, 'inbound', port, peer);
  const outbound =
    vpc === undefined
      ? 'yes'
      : securityGroupAdmits(hookGroups, 'outbound', port, await targetOf(balancer, facts));
  if (inbound === 'yes' && outbound === 'yes') {
    return {
      status: 'OK',
      observed: `port ${port} of the ${balancer.scheme} load balancer, from ${from}`,
    };
  }
  if (inbound === 'no' || outbound === 'no') {
    return {
      status: 'NG',
      expected: `a way from the hooks (${from}) to port ${port} of the load balancer`,
      observed:
        inbound === 'no'
          ? describeRules(balancerGroups, 'inbound', port)
          : describeRules(hookGroups, 'outbound', port),
      remedy:
        inbound === 'no'
          ? `Let ${sourceName(hook, balancer, peer)} in on TCP port ${port} in ${balancer.securityGroupIds.join(' or ')}`
          : `Let TCP port ${port} out in ${vpc?.securityGroupIds.join(' or ')}`,
    };
  }
  return {
    status: 'SKIP',
    reason: 'Only a prefix list might open the way, and it is not looked into',
  };
}

/**
 * How the load balancer sees a hook. An internet-facing one has public addresses alone: hooks in a VPC come from
 * a NAT gateway and their security group counts for nothing; those outside come from anywhere.
 */
async function peerOf(
  { vpc }: HookFunction,
  { scheme }: InspectedBalancer,
  facts: TrafficCheckFacts,
): Promise<Peer> {
  if (vpc === undefined) return { securityGroupIds: [], blocks: [anywhere] };
  if (scheme === 'internet-facing') {
    const addresses = await facts.natAddresses(vpc.vpcId);
    return { securityGroupIds: [], blocks: addresses.map((address) => `${address}/32`) };
  }
  const subnets = await facts.subnets(vpc.subnetIds);
  return { securityGroupIds: vpc.securityGroupIds, blocks: blocksOf(subnets) };
}

/** In a VPC without NAT gateway: a transit gateway or an instance may lead out, or nothing does. */
function unknownExit({ vpc }: HookFunction, { scheme }: InspectedBalancer, peer: Peer): boolean {
  return vpc !== undefined && scheme === 'internet-facing' && peer.blocks.length === 0;
}

function opensToAll(groups: readonly SecurityGroup[], port: number): boolean {
  const everybody = { securityGroupIds: [], blocks: [anywhere] };
  return groups.length === 0 || securityGroupAdmits(groups, 'inbound', port, everybody) === 'yes';
}

/** How a hook sees the load balancer. */
async function targetOf(
  { scheme, securityGroupIds, subnetIds }: InspectedBalancer,
  facts: TrafficCheckFacts,
): Promise<Peer> {
  if (scheme === 'internet-facing') return { securityGroupIds: [], blocks: [anywhere] };
  const subnets = await facts.subnets(subnetIds);
  return { securityGroupIds, blocks: blocksOf(subnets) };
}

function sourceName({ vpc }: HookFunction, { scheme }: InspectedBalancer, peer: Peer): string {
  if (vpc === undefined) return `${anywhere} (hooks outside a VPC have no fixed address)`;
  if (scheme === 'internal') return vpc.securityGroupIds.join(' and ');
  return peer.blocks.length === 0
    ? `the address of a NAT gateway, of which ${vpc.vpcId} has none,`
    : peer.blocks.join(' and ');
}
