import type {
  CreateSubnetCommandInput,
  CreateSubnetCommandOutput,
  DeleteSubnetCommandInput,
  DeleteSubnetCommandOutput,
  DescribeSubnetsCommandInput,
  DescribeSubnetsCommandOutput,
  ModifySubnetAttributeCommandInput,
  ModifySubnetAttributeCommandOutput,
  Subnet,
} from '@aws-sdk/client-ec2';
import { arn } from '../core/arns.ts';
import { AwsError } from '../core/aws-error.ts';
import { blockSize } from '../core/cidr.ts';
import type { World } from '../core/world.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import { checkBlock, networkOf } from './blocks.ts';
import { checkSubnetIsEmpty } from './dependencies.ts';
import { ec2Filter, ec2Page, type FilterTexts, refuseDryRun } from './filters.ts';
import { type InterfaceHolders, interfacesInUse } from './interfaces.ts';
import type { Ec2Model, Ec2Resource } from './model.ts';
import { tagList, tagsFor, tagsOf } from './tags.ts';
import { propertyText, wanted } from './wanted-resources.ts';
import { zoneId, zonesOf } from './zones.ts';

/** AWS keeps the first four addresses of a subnet and the last one. */
const reservedAddresses = 5;

/** Subnets, with how many addresses are free. */
export function subnetOperations(
  model: Ec2Model,
  world: World,
  holders: InterfaceHolders,
): Record<string, WireOperation> {
  const OwnerId = world.identity.accountId;
  const defaultForAz = ({ properties }: Ec2Resource) => [String(properties.DefaultForAz === true)];
  const subnetArn = ({ id }: Ec2Resource) => arn(world.identity, 'ec2', `subnet/${id}`);
  const zone = ({ properties }: Ec2Resource) => String(properties.AvailabilityZone);
  const texts: FilterTexts<Ec2Resource> = {
    'subnet-id': ({ id }) => [id],
    'subnet-arn': (subnet) => [subnetArn(subnet)],
    'vpc-id': propertyText('VpcId'),
    'cidr-block': propertyText('CidrBlock'),
    cidr: propertyText('CidrBlock'),
    'availability-zone': (subnet) => [zone(subnet)],
    'availability-zone-id': (subnet) => [zoneId(zone(subnet))],
    'map-public-ip-on-launch': ({ properties }) => [
      String(properties.MapPublicIpOnLaunch === true),
    ],
    'default-for-az': defaultForAz,
    defaultForAz,
    'owner-id': () => [OwnerId],
    state: () => ['available'],
  };
  const show = (subnet: Ec2Resource): Subnet => {
    const { VpcId, CidrBlock, AvailabilityZone, MapPublicIpOnLaunch } = subnet.properties;
    const used = interfacesInUse(model, holders).filter(({ subnetId }) => subnetId === subnet.id);
    const free = blockSize(String(CidrBlock)) - reservedAddresses - used.length;
    return {
      SubnetId: subnet.id,
      SubnetArn: subnetArn(subnet),
      State: 'available',
      VpcId: String(VpcId),
      CidrBlock: String(CidrBlock),
      Ipv6CidrBlockAssociationSet: [],
      AvailableIpAddressCount: Math.max(0, free),
      AvailabilityZone: String(AvailabilityZone),
      AvailabilityZoneId: zoneId(String(AvailabilityZone)),
      DefaultForAz: subnet.properties.DefaultForAz === true,
      MapPublicIpOnLaunch: MapPublicIpOnLaunch === true,
      AssignIpv6AddressOnCreation: false,
      MapCustomerOwnedIpOnLaunch: false,
      EnableDns64: false,
      Ipv6Native: false,
      PrivateDnsNameOptionsOnLaunch: {
        HostnameType: 'ip-name',
        EnableResourceNameDnsARecord: false,
        EnableResourceNameDnsAAAARecord: false,
      },
      OwnerId,
      Tags: tagList(subnet),
    };
  };
  return {
    CreateSubnet: operation<CreateSubnetCommandInput, CreateSubnetCommandOutput>(
      [
        'VpcId',
        'CidrBlock',
        'AvailabilityZone',
        'AvailabilityZoneId',
        'TagSpecifications',
        'DryRun',
      ],
      (input) => {
        refuseDryRun(input);
        const { VpcId = '', CidrBlock: given = '' } = input;
        checkBlock(given, 'InvalidSubnet.Range');
        const CidrBlock = networkOf(given);
        model.checkSubnetBlock(VpcId, CidrBlock);
        const created = model.create('subnet', {
          VpcId,
          CidrBlock,
          AvailabilityZone: chosenZone(world.identity.region, input),
          MapPublicIpOnLaunch: false,
          ...tagsFor('subnet', input.TagSpecifications),
        });
        return { Subnet: show(created) };
      },
    ),
    DeleteSubnet: operation<DeleteSubnetCommandInput, DeleteSubnetCommandOutput>(
      ['SubnetId', 'DryRun'],
      (input) => {
        refuseDryRun(input);
        const { id } = model.require('subnet', input.SubnetId ?? '');
        checkSubnetIsEmpty(model, id, holders);
        for (const association of model.all('route table association')) {
          if (association.properties.SubnetId === id) model.remove(association.id);
        }
        model.remove(id);
        return {};
      },
    ),
    DescribeSubnets: operation<DescribeSubnetsCommandInput, DescribeSubnetsCommandOutput>(
      ['Filters', 'SubnetIds', 'MaxResults', 'NextToken', 'DryRun'],
      (input) => {
        refuseDryRun(input);
        const found = wanted(model, 'subnet', input.SubnetIds).filter(
          ec2Filter(input.Filters, texts, tagsOf),
        );
        const { items, more } = ec2Page(found, input, input.SubnetIds);
        return { Subnets: items.map(show), ...more };
      },
    ),
    ModifySubnetAttribute: operation<
      ModifySubnetAttributeCommandInput,
      ModifySubnetAttributeCommandOutput
    >(['SubnetId', 'MapPublicIpOnLaunch'], ({ SubnetId, MapPublicIpOnLaunch }) => {
      const { id } = model.require('subnet', SubnetId ?? '');
      model.update(id, { MapPublicIpOnLaunch: MapPublicIpOnLaunch?.Value === true });
      return {};
    }),
  };
}

function chosenZone(
  region: string,
  { AvailabilityZone, AvailabilityZoneId }: CreateSubnetCommandInput,
): string {
  const zones = zonesOf(region);
  if (!AvailabilityZone && !AvailabilityZoneId) return `${region}a`;
  const zone = zones.find(({ name, id }) => name === AvailabilityZone || id === AvailabilityZoneId);
  if (zone) return zone.name;
  throw new AwsError(
    'InvalidParameterValue',
    `Value (${AvailabilityZone || AvailabilityZoneId}) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: ${zones.map(({ name }) => name).join(', ')}.`,
  );
}
