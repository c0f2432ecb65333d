import type {
  SetIpAddressTypeCommandInput,
  SetIpAddressTypeCommandOutput,
  SetSecurityGroupsCommandInput,
  SetSecurityGroupsCommandOutput,
  SetSubnetsCommandInput,
  SetSubnetsCommandOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { World } from '../core/world.ts';
import { operation, type WireService } from '../wire/operation.ts';
import { notSimulated, validationError } from './actions.ts';
import { readSecurityGroups, readSubnets } from './balancer-network.ts';
import { availabilityZones } from './descriptions.ts';
import type { Elbv2Model } from './model.ts';

/** Changes of the network that a load balancer is in. */
export function balancerChangeOperations(
  { loadBalancers }: Elbv2Model,
  world: World,
): WireService['operations'] {
  return {
    SetSubnets: operation<SetSubnetsCommandInput, SetSubnetsCommandOutput>(
      ['LoadBalancerArn', 'Subnets', 'SubnetMappings', 'IpAddressType'],
      (input) => {
        const balancer = loadBalancers.get(input.LoadBalancerArn ?? '');
        const subnets = readSubnets(world, input);
        balancer.ipAddressType = readIpAddressType(input.IpAddressType || balancer.ipAddressType);
        balancer.subnets = subnets;
        return {
          AvailabilityZones: availabilityZones(balancer, world),
          IpAddressType: balancer.ipAddressType as 'ipv4',
        };
      },
    ),
    SetSecurityGroups: operation<SetSecurityGroupsCommandInput, SetSecurityGroupsCommandOutput>(
      ['LoadBalancerArn', 'SecurityGroups'],
      (input) => {
        const balancer = loadBalancers.get(input.LoadBalancerArn ?? '');
        if (!input.SecurityGroups?.length) {
          throw validationError('You must specify at least one security group');
        }
        const { subnets } = balancer;
        balancer.securityGroups = readSecurityGroups(world, subnets, input.SecurityGroups);
        return { SecurityGroupIds: [...balancer.securityGroups] };
      },
    ),
    SetIpAddressType: operation<SetIpAddressTypeCommandInput, SetIpAddressTypeCommandOutput>(
      ['LoadBalancerArn', 'IpAddressType'],
      (input) => {
        const balancer = loadBalancers.get(input.LoadBalancerArn ?? '');
        balancer.ipAddressType = readIpAddressType(input.IpAddressType);
        return { IpAddressType: balancer.ipAddressType as 'ipv4' };
      },
    ),
  };
}

/** Simulated networks have IPv4 addresses only. */
export function readIpAddressType(type: string | undefined): string {
  const wanted = type || 'ipv4';
  if (wanted === 'ipv4') return wanted;
  if (['dualstack', 'dualstack-without-public-ipv4'].includes(wanted)) {
    throw notSimulated(`IP address type ${wanted}`);
  }
  throw validationError(`IP address type '${wanted}' must be one of 'ipv4, dualstack'`);
}
