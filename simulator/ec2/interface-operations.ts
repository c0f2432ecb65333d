import type {
  DescribeNetworkInterfacesCommandInput,
  DescribeNetworkInterfacesCommandOutput,
  NetworkInterface,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import { ec2Filter, ec2Page, type FilterTexts, refuseDryRun } from './filters.ts';
import { type InterfaceHolders, type InterfaceInUse, interfacesInUse } from './interfaces.ts';
import type { Ec2Model } from './model.ts';

/** Network interfaces of tasks, balancers, NAT gateways and endpoints, and those of templates. */
export function interfaceOperations(
  model: Ec2Model,
  world: World,
  holders: InterfaceHolders,
): Record<string, WireOperation> {
  const subnetFact = (subnetId: string, name: string) => {
    const value = model.find(subnetId)?.properties[name];
    return value === undefined ? undefined : String(value);
  };
  const texts: FilterTexts<InterfaceInUse> = {
    'network-interface-id': ({ id }) => [id],
    'subnet-id': ({ subnetId }) => [subnetId],
    'vpc-id': ({ subnetId }) => [subnetFact(subnetId, 'VpcId')],
    'group-id': ({ securityGroups }) => securityGroups,
    'private-ip-address': ({ privateIp }) => [privateIp],
    'addresses.private-ip-address': ({ privateIp }) => [privateIp],
    description: ({ description }) => [description],
    'requester-id': ({ requesterId }) => [requesterId],
    'interface-type': ({ interfaceType }) => [interfaceType],
    status: () => ['in-use'],
  };
  const show = (one: InterfaceInUse): NetworkInterface => ({
    NetworkInterfaceId: one.id,
    Description: one.description,
    InterfaceType: one.interfaceType,
    MacAddress: one.macAddress,
    OwnerId: world.identity.accountId,
    PrivateIpAddress: one.privateIp,
    PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: one.privateIp }],
    Groups: one.securityGroups.map((GroupId) => ({
      GroupId,
      GroupName: String(model.find(GroupId)?.properties.GroupName ?? GroupId),
    })),
    ...(one.requesterId !== undefined && { RequesterId: one.requesterId }),
    RequesterManaged: one.requesterId !== undefined || one.interfaceType !== 'interface',
    SourceDestCheck: one.sourceDestCheck ?? one.interfaceType !== 'natGateway',
    ...(one.publicIp !== undefined && { Association: { PublicIp: one.publicIp } }),
    Status: 'in-use',
    SubnetId: one.subnetId,
    VpcId: subnetFact(one.subnetId, 'VpcId'),
    AvailabilityZone: subnetFact(one.subnetId, 'AvailabilityZone'),
    TagSet: [],
  });
  return {
    DescribeNetworkInterfaces: operation<
      DescribeNetworkInterfacesCommandInput,
      DescribeNetworkInterfacesCommandOutput
    >(['Filters', 'NetworkInterfaceIds', 'MaxResults', 'NextToken', 'DryRun'], (input) => {
      refuseDryRun(input);
      const ids = input.NetworkInterfaceIds;
      const all = interfacesInUse(model, holders);
      const missing = ids?.find((id) => !all.some((one) => one.id === id));
      if (missing !== undefined) {
        throw new AwsError(
          'InvalidNetworkInterfaceID.NotFound',
          `The networkInterface ID '${missing}' does not exist`,
        );
      }
      const found = all
        .filter(({ id }) => !ids?.length || ids.includes(id))
        .filter(ec2Filter(input.Filters, texts, () => new Map()));
      const { items, more } = ec2Page(found, input, ids);
      return { NetworkInterfaces: items.map(show), ...more };
    }),
  };
}
