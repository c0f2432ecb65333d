import type {
  DescribeDhcpOptionsCommandInput,
  DescribeDhcpOptionsCommandOutput,
  DescribeNetworkAclsCommandInput,
  DescribeNetworkAclsCommandOutput,
  NetworkAcl,
  NetworkAclEntry,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import { ec2Filter, ec2Page, type FilterTexts, refuseDryRun } from './filters.ts';
import { type Ec2Model, hexOf } from './model.ts';

const untagged = () => new Map<string, string>();

/** Id of the account's DHCP options. */
export function dhcpOptionsId(world: World): string {
  return `dopt-0${hexOf(world, 'DHCP options')}`;
}

/** What VPCs have without anybody asking: one network ACL each, which lets everything through, and DHCP options. */
export function vpcDefaultOperations(model: Ec2Model, world: World): Record<string, WireOperation> {
  const { accountId, region } = world.identity;
  const aclOf = (vpcId: string): NetworkAcl => {
    const NetworkAclId = `acl-0${hexOf(world, `ACL ${vpcId}`)}`;
    return {
      NetworkAclId,
      VpcId: vpcId,
      IsDefault: true,
      OwnerId: accountId,
      Entries: [true, false].flatMap((egress) => [
        entry(egress, 100, 'allow'),
        entry(egress, 32_767, 'deny'),
      ]),
      Associations: model
        .all('subnet')
        .filter(({ properties }) => properties.VpcId === vpcId)
        .map(({ id }) => ({
          NetworkAclAssociationId: `aclassoc-0${hexOf(world, `ACL ${id}`)}`,
          NetworkAclId,
          SubnetId: id,
        })),
      Tags: [],
    };
  };
  const aclTexts: FilterTexts<NetworkAcl> = {
    'network-acl-id': ({ NetworkAclId }) => [NetworkAclId],
    'vpc-id': ({ VpcId }) => [VpcId],
    default: () => ['true'],
    'association.subnet-id': ({ Associations = [] }) =>
      Associations.map(({ SubnetId }) => SubnetId),
  };
  return {
    DescribeNetworkAcls: operation<
      DescribeNetworkAclsCommandInput,
      DescribeNetworkAclsCommandOutput
    >(['Filters', 'NetworkAclIds', 'MaxResults', 'NextToken', 'DryRun'], (input) => {
      refuseDryRun(input);
      const all = model.all('vpc').map(({ id }) => aclOf(id));
      const ids = input.NetworkAclIds ?? [];
      const missing = ids.find((id) => !all.some(({ NetworkAclId }) => NetworkAclId === id));
      if (missing !== undefined) {
        throw new AwsError(
          'InvalidNetworkAclID.NotFound',
          `The networkAcl ID '${missing}' does not exist`,
        );
      }
      const found = all
        .filter(({ NetworkAclId = '' }) => ids.length === 0 || ids.includes(NetworkAclId))
        .filter(ec2Filter(input.Filters, aclTexts, untagged));
      const { items, more } = ec2Page(found, input, ids);
      return { NetworkAcls: items, ...more };
    }),
    DescribeDhcpOptions: operation<
      DescribeDhcpOptionsCommandInput,
      DescribeDhcpOptionsCommandOutput
    >(['DhcpOptionsIds', 'Filters', 'MaxResults', 'NextToken', 'DryRun'], (input) => {
      refuseDryRun(input);
      const own = dhcpOptionsId(world);
      const missing = input.DhcpOptionsIds?.find((id) => id !== own);
      if (missing !== undefined) {
        throw new AwsError(
          'InvalidDhcpOptionsID.NotFound',
          `The dhcpOptions ID '${missing}' does not exist`,
        );
      }
      const texts: FilterTexts<string> = { 'dhcp-options-id': (id) => [id] };
      const domain = region === 'us-east-1' ? 'ec2.internal' : `${region}.compute.internal`;
      return {
        DhcpOptions: [own].filter(ec2Filter(input.Filters, texts, untagged)).map((id) => ({
          DhcpOptionsId: id,
          OwnerId: accountId,
          DhcpConfigurations: [
            { Key: 'domain-name', Values: [{ Value: domain }] },
            { Key: 'domain-name-servers', Values: [{ Value: 'AmazonProvidedDNS' }] },
          ],
          Tags: [],
        })),
      };
    }),
  };
}

function entry(Egress: boolean, RuleNumber: number, RuleAction: 'allow' | 'deny'): NetworkAclEntry {
  return { CidrBlock: '0.0.0.0/0', Egress, Protocol: '-1', RuleAction, RuleNumber };
}
