import type { PreflightCheck } from '../preflight-check.ts';
import { blocksOf, describeRules, securityGroupAdmits } from './security-group-admits.ts';
import type { TrafficCheckFacts } from './traffic-facts.ts';

export const balancerReach: PreflightCheck<TrafficCheckFacts> = {
  id: 'balancer-reach',
  title: 'The load balancer can reach the tasks on their port',
  remedy: "Open the tasks' security group to the load balancer's on the container's port",

  async judge(facts) {
    const [{ network, loadBalancedContainer }, balancer, group] = await Promise.all([
      facts.existingService(),
      facts.loadBalancer(),
      facts.primaryTargetGroup(),
    ]);
    if (network === undefined || loadBalancedContainer === undefined) {
      return {
        status: 'SKIP',
        reason:
          'The tasks have no network interfaces of their own: their ports are those of instances',
      };
    }
    if (balancer.securityGroupIds.length === 0) {
      return { status: 'SKIP', reason: 'The load balancer has no security group to be let in by' };
    }
    if (network.securityGroupIds.length === 0) {
      return {
        status: 'SKIP',
        reason: "The tasks have their VPC's default security group, which is not looked into",
      };
    }
    const [taskGroups, balancerGroups, taskSubnets, balancerSubnets] = await Promise.all([
      facts.securityGroups(network.securityGroupIds),
      facts.securityGroups(balancer.securityGroupIds),
      facts.subnets(network.subnetIds),
      facts.subnets(balancer.subnetIds),
    ]);
    const checked = Number(group.healthCheck.port);
    // Health checks may go to a port of their own.
    const ports = [
      ...new Set([loadBalancedContainer.port, ...(Number.isNaN(checked) ? [] : [checked])]),
    ];
    const ways = ports.flatMap((port) => [
      {
        admitted: securityGroupAdmits(taskGroups, 'inbound', port, {
          securityGroupIds: balancer.securityGroupIds,
          blocks: blocksOf(balancerSubnets),
        }),
        observed: describeRules(taskGroups, 'inbound', port),
        remedy: `Let ${balancer.securityGroupIds.join(' and ')} in on TCP port ${port} in ${network.securityGroupIds.join(' or ')}`,
      },
      {
        admitted: securityGroupAdmits(balancerGroups, 'outbound', port, {
          securityGroupIds: network.securityGroupIds,
          blocks: blocksOf(taskSubnets),
        }),
        observed: describeRules(balancerGroups, 'outbound', port),
        remedy: `Let TCP port ${port} out to ${network.securityGroupIds.join(' and ')} in ${balancer.securityGroupIds.join(' or ')}`,
      },
    ]);
    const closed = ways.filter(({ admitted }) => admitted === 'no');
    if (closed.length > 0) {
      return {
        status: 'NG',
        // Otherwise no target becomes healthy and Install takes its whole hour (aws-facts 4.4).
        expected: `a way from the load balancer to port ${ports.join(' and ')} of the tasks`,
        observed: closed.map(({ observed }) => observed).join('; '),
        remedy: closed.map(({ remedy }) => remedy).join('; '),
      };
    }
    return ways.every(({ admitted }) => admitted === 'yes')
      ? { status: 'OK', observed: `port ${ports.join(' and ')} is open to the load balancer` }
      : {
          status: 'SKIP',
          reason: 'Only a prefix list might open the way, and it is not looked into',
        };
  },
};
