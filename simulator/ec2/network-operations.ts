import type {
  DescribeSubnetsCommandInput,
  DescribeSubnetsCommandOutput,
  DescribeVpcsCommandInput,
  DescribeVpcsCommandOutput,
  Subnet,
  Vpc,
} from '@aws-sdk/client-ec2';
import { arn } from '../core/arns.ts';
import { blockSize } from '../core/cidr.ts';
import type { World } from '../core/world.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import { ec2Filter, ec2Page, type FilterTexts, refuseDryRun } from './filters.ts';
import { type InterfaceHolders, interfacesInUse } from './interfaces.ts';
import type { Ec2Kind, Ec2Model, Ec2Resource } from './model.ts';
import { tagList, tagsOf } from './tags.ts';

/** AWS keeps the first four addresses of a subnet and the last one. */
const reservedAddresses = 5;

const text = (name: string) => (item: Ec2Resource) => [String(item.properties[name])];
const vpcTexts: FilterTexts<Ec2Resource> = {
  'vpc-id': ({ id }) => [id],
  cidr: text('CidrBlock'),
  'cidr-block-association.cidr-block': text('CidrBlock'),
  state: () => ['available'],
  'is-default': () => ['false'],
};
const subnetTexts: FilterTexts<Ec2Resource> = {
  'subnet-id': ({ id }) => [id],
  'vpc-id': text('VpcId'),
  'cidr-block': text('CidrBlock'),
  'availability-zone': text('AvailabilityZone'),
  'map-public-ip-on-launch': text('MapPublicIpOnLaunch'),
  'default-for-az': () => ['false'],
  state: () => ['available'],
};

/** VPCs and subnets. */
export function networkOperations(
  model: Ec2Model,
  world: World,
  holders: InterfaceHolders,
): Record<string, WireOperation> {
  const OwnerId = world.identity.accountId;
  const showVpc = (vpc: Ec2Resource): Vpc => ({
    VpcId: vpc.id,
    State: 'available',
    CidrBlock: String(vpc.properties.CidrBlock),
    CidrBlockAssociationSet: [
      {
        AssociationId: `vpc-cidr-assoc-${vpc.id.slice('vpc-'.length)}`,
        CidrBlock: String(vpc.properties.CidrBlock),
        CidrBlockState: { State: 'associated' },
      },
    ],
    DhcpOptionsId: 'default',
    InstanceTenancy: vpc.properties.InstanceTenancy === 'dedicated' ? 'dedicated' : 'default',
    IsDefault: false,
    OwnerId,
    Tags: tagList(vpc),
  });
  const showSubnet = (subnet: Ec2Resource): Subnet => {
    const { VpcId, CidrBlock, AvailabilityZone, MapPublicIpOnLaunch } = subnet.properties;
    const used = interfacesInUse(model, holders).filter(({ subnetId }) => subnetId === subnet.id);
    const free = blockSize(String(CidrBlock)) - reservedAddresses - used.length;
    return {
      SubnetId: subnet.id,
      SubnetArn: arn(world.identity, 'ec2', `subnet/${subnet.id}`),
      State: 'available',
      VpcId: String(VpcId),
      CidrBlock: String(CidrBlock),
      Ipv6CidrBlockAssociationSet: [],
      AvailableIpAddressCount: Math.max(0, free),
      AvailabilityZone: String(AvailabilityZone),
      AvailabilityZoneId: zoneId(String(AvailabilityZone)),
      DefaultForAz: false,
      MapPublicIpOnLaunch: MapPublicIpOnLaunch === true,
      AssignIpv6AddressOnCreation: false,
      MapCustomerOwnedIpOnLaunch: false,
      EnableDns64: false,
      Ipv6Native: false,
      OwnerId,
      Tags: tagList(subnet),
    };
  };
  return {
    DescribeVpcs: operation<DescribeVpcsCommandInput, DescribeVpcsCommandOutput>(
      ['Filters', 'VpcIds', 'MaxResults', 'NextToken', 'DryRun'],
      (input) => {
        refuseDryRun(input);
        const found = wanted(model, 'vpc', input.VpcIds).filter(
          ec2Filter(input.Filters, vpcTexts, tagsOf),
        );
        const { items, more } = ec2Page(found, input, input.VpcIds);
        return { Vpcs: items.map(showVpc), ...more };
      },
    ),
    DescribeSubnets: operation<DescribeSubnetsCommandInput, DescribeSubnetsCommandOutput>(
      ['Filters', 'SubnetIds', 'MaxResults', 'NextToken', 'DryRun'],
      (input) => {
        refuseDryRun(input);
        const found = wanted(model, 'subnet', input.SubnetIds).filter(
          ec2Filter(input.Filters, subnetTexts, tagsOf),
        );
        const { items, more } = ec2Page(found, input, input.SubnetIds);
        return { Subnets: items.map(showSubnet), ...more };
      },
    ),
  };
}

/** Those with the given ids, which must all exist, or all of a kind. */
export function wanted(
  model: Ec2Model,
  kind: Ec2Kind,
  ids: readonly string[] | undefined,
): Ec2Resource[] {
  return ids?.length ? ids.map((id) => model.require(kind, id)) : model.all(kind);
}

/** `euw1-az1` for `eu-west-1a`; which letter stands for which zone differs between real accounts. */
function zoneId(zone: string): string {
  const [, area = '', side = '', number = '', letter = 'a'] =
    /^(\w+)-(\w+)-(\d)(\w)$/.exec(zone) ?? [];
  return `${area}${side.charAt(0)}${number}-az${'abcdef'.indexOf(letter) + 1}`;
}
