import {
  EC2Client,
  type IpPermission,
  paginateDescribeNatGateways,
  paginateDescribeNetworkInterfaces,
  paginateDescribeSecurityGroups,
  paginateDescribeSubnets,
} from '@aws-sdk/client-ec2';
import type { Network, SecurityGroup, SecurityGroupRule, Subnet } from '../core/ports/network.ts';
import { callAws } from './aws-errors.ts';
import { clientSettings } from './client-settings.ts';
import { once } from './once.ts';

export const ec2Client = once(() => new EC2Client(clientSettings));

/** EC2's networks. */
export function ec2Network(client: EC2Client, signal?: AbortSignal): Network {
  const options = signal === undefined ? {} : { abortSignal: signal };
  return {
    async subnets(ids) {
      // An empty list of ids would ask for every subnet of the account.
      if (ids.length === 0) return [];
      return callAws({ action: 'ec2:DescribeSubnets', resource: ids.join(', ') }, async () => {
        const found: Subnet[] = [];
        const request = { SubnetIds: [...ids] };
        for await (const page of paginateDescribeSubnets({ client }, request, options)) {
          for (const subnet of page.Subnets ?? []) {
            found.push({
              id: subnet.SubnetId ?? '',
              vpcId: subnet.VpcId ?? '',
              block: subnet.CidrBlock ?? '',
              freeAddresses: subnet.AvailableIpAddressCount ?? 0,
            });
          }
        }
        return found;
      });
    },

    async securityGroups(ids) {
      if (ids.length === 0) return [];
      const attempt = { action: 'ec2:DescribeSecurityGroups', resource: ids.join(', ') };
      return callAws(attempt, async () => {
        const found: SecurityGroup[] = [];
        const request = { GroupIds: [...ids] };
        for await (const page of paginateDescribeSecurityGroups({ client }, request, options)) {
          for (const group of page.SecurityGroups ?? []) {
            found.push({
              id: group.GroupId ?? '',
              inbound: (group.IpPermissions ?? []).map(toRule),
              outbound: (group.IpPermissionsEgress ?? []).map(toRule),
            });
          }
        }
        return found;
      });
    },

    async natAddresses(vpcId) {
      const instances = natInstanceAddresses(vpcId);
      const gateways = callAws({ action: 'ec2:DescribeNatGateways', resource: vpcId }, async () => {
        const found: string[] = [];
        const request = { Filter: [{ Name: 'vpc-id', Values: [vpcId] }] };
        for await (const page of paginateDescribeNatGateways({ client }, request, options)) {
          for (const { State, NatGatewayAddresses = [] } of page.NatGateways ?? []) {
            // A deleted gateway stays describable for an hour.
            if (State === 'available') {
              found.push(...NatGatewayAddresses.flatMap(({ PublicIp }) => PublicIp ?? []));
            }
          }
        }
        return found;
      });
      return [...new Set((await Promise.all([gateways, instances])).flat())];
    },
  };

  /** What forwards for others has its source/destination check off (VPC guide, "NAT instances"). */
  function natInstanceAddresses(vpcId: string): Promise<string[]> {
    return callAws({ action: 'ec2:DescribeNetworkInterfaces', resource: vpcId }, async () => {
      const found: string[] = [];
      const request = { Filters: [{ Name: 'vpc-id', Values: [vpcId] }] };
      for await (const page of paginateDescribeNetworkInterfaces({ client }, request, options)) {
        for (const { Association, InterfaceType, SourceDestCheck } of page.NetworkInterfaces ??
          []) {
          const forwards = InterfaceType === 'interface' && SourceDestCheck === false;
          if (forwards && Association?.PublicIp) found.push(Association.PublicIp);
        }
      }
      return found;
    });
  }
}

function toRule(permission: IpPermission): SecurityGroupRule {
  const protocol = permission.IpProtocol ?? '-1';
  const { FromPort = 0, ToPort = 65_535 } = permission;
  const allPorts = protocol === '-1' || FromPort < 0;
  return {
    protocol,
    fromPort: allPorts ? 0 : FromPort,
    toPort: allPorts ? 65_535 : ToPort,
    blocks: (permission.IpRanges ?? []).flatMap(({ CidrIp }) => CidrIp ?? []),
    securityGroupIds: (permission.UserIdGroupPairs ?? []).flatMap(({ GroupId }) => GroupId ?? []),
    prefixListIds: (permission.PrefixListIds ?? []).flatMap(
      ({ PrefixListId }) => PrefixListId ?? [],
    ),
  };
}
