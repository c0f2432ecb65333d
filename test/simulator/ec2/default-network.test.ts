import {
  DescribeAccountAttributesCommand,
  DescribeAvailabilityZonesCommand,
  DescribeDhcpOptionsCommand,
  DescribeInternetGatewaysCommand,
  DescribeNetworkAclsCommand,
  DescribePrefixListsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Ec2Model } from '../../../simulator/ec2/model.ts';
import { withDefaultVpc } from '../../../simulator/ec2/vpcs.ts';
import { ec2Wire } from '../../../simulator/ec2/wire.ts';
import { type SimulatedAws, simulatedAws } from '../wire/simulated-aws.ts';

let aws: SimulatedAws;
let ec2: EC2Client;
beforeEach(async () => {
  aws = await simulatedAws((world) => {
    const model = withDefaultVpc(new Ec2Model(world), world.identity.region);
    return [ec2Wire(model, world, { tasks: () => [], balancers: () => [] })];
  });
  ec2 = new EC2Client(aws.client);
});
afterEach(() => aws.stop());

// VPC guide, "Default VPC components".
describe('a new account', () => {
  it('has a default VPC with a public /20 subnet in each of three zones', async () => {
    const Filters = [{ Name: 'is-default', Values: ['true'] }];
    const { Vpcs = [] } = await ec2.send(new DescribeVpcsCommand({ Filters }));
    expect(Vpcs).toMatchObject([
      { CidrBlock: '172.31.0.0/16', IsDefault: true, InstanceTenancy: 'default' },
    ]);
    expect(Vpcs[0]?.VpcId).toMatch(/^vpc-0[0-9a-f]{16}$/);
    const { EnableDnsHostnames } = await ec2.send(
      new DescribeVpcAttributeCommand({
        VpcId: Vpcs[0]?.VpcId,
        Attribute: 'enableDnsHostnames',
      }),
    );
    expect(EnableDnsHostnames).toEqual({ Value: true });
    const { Subnets = [] } = await ec2.send(
      new DescribeSubnetsCommand({ Filters: [{ Name: 'default-for-az', Values: ['true'] }] }),
    );
    expect(
      Subnets.map((each) => [
        each.AvailabilityZone,
        each.AvailabilityZoneId,
        each.CidrBlock,
        each.MapPublicIpOnLaunch,
        each.AvailableIpAddressCount,
      ]),
    ).toEqual([
      ['eu-west-1a', 'euw1-az1', '172.31.0.0/20', true, 4091],
      ['eu-west-1b', 'euw1-az2', '172.31.16.0/20', true, 4091],
      ['eu-west-1c', 'euw1-az3', '172.31.32.0/20', true, 4091],
    ]);
  });

  it('routes it to an attached internet gateway, through its main route table', async () => {
    const { Vpcs: [vpc] = [] } = await ec2.send(new DescribeVpcsCommand({}));
    const { InternetGateways: [gateway] = [] } = await ec2.send(
      new DescribeInternetGatewaysCommand({
        Filters: [{ Name: 'attachment.vpc-id', Values: [vpc?.VpcId ?? ''] }],
      }),
    );
    expect(gateway?.Attachments).toEqual([{ VpcId: vpc?.VpcId, State: 'available' }]);
    const { RouteTables = [] } = await ec2.send(
      new DescribeRouteTablesCommand({ Filters: [{ Name: 'association.main', Values: ['true'] }] }),
    );
    expect(RouteTables.map(({ Routes }) => Routes)).toEqual([
      [
        {
          DestinationCidrBlock: '172.31.0.0/16',
          GatewayId: 'local',
          Origin: 'CreateRouteTable',
          State: 'active',
        },
        {
          DestinationCidrBlock: '0.0.0.0/0',
          GatewayId: gateway?.InternetGatewayId,
          Origin: 'CreateRoute',
          State: 'active',
        },
      ],
    ]);
  });

  it('has a default security group that lets in itself and out everything', async () => {
    const { SecurityGroups = [] } = await ec2.send(
      new DescribeSecurityGroupsCommand({ GroupNames: ['default'] }),
    );
    expect(SecurityGroups).toMatchObject([
      {
        GroupName: 'default',
        Description: 'default VPC security group',
        IpPermissions: [
          {
            IpProtocol: '-1',
            UserIdGroupPairs: [{ GroupId: SecurityGroups[0]?.GroupId, UserId: '111122223333' }],
          },
        ],
        IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
      },
    ]);
  });

  it('has a network ACL that lets everything through, and DHCP options', async () => {
    const { NetworkAcls = [] } = await ec2.send(
      new DescribeNetworkAclsCommand({ Filters: [{ Name: 'default', Values: ['true'] }] }),
    );
    expect(NetworkAcls).toHaveLength(1);
    expect(NetworkAcls[0]?.Associations).toHaveLength(3);
    expect(
      NetworkAcls[0]?.Entries?.map((each) => [each.Egress, each.RuleNumber, each.RuleAction]),
    ).toEqual([
      [true, 100, 'allow'],
      [true, 32767, 'deny'],
      [false, 100, 'allow'],
      [false, 32767, 'deny'],
    ]);
    const { Vpcs: [vpc] = [] } = await ec2.send(new DescribeVpcsCommand({}));
    const { DhcpOptions = [] } = await ec2.send(
      new DescribeDhcpOptionsCommand({ DhcpOptionsIds: [vpc?.DhcpOptionsId ?? ''] }),
    );
    expect(DhcpOptions[0]?.DhcpConfigurations).toContainEqual({
      Key: 'domain-name',
      Values: [{ Value: 'eu-west-1.compute.internal' }],
    });
  });

  it('tells its default VPC, its zones and the prefix lists of gateway endpoints', async () => {
    const { Vpcs: [vpc] = [] } = await ec2.send(new DescribeVpcsCommand({}));
    const { AccountAttributes } = await ec2.send(
      new DescribeAccountAttributesCommand({ AttributeNames: ['default-vpc'] }),
    );
    expect(AccountAttributes).toEqual([
      { AttributeName: 'default-vpc', AttributeValues: [{ AttributeValue: vpc?.VpcId }] },
    ]);
    const { AvailabilityZones = [] } = await ec2.send(new DescribeAvailabilityZonesCommand({}));
    expect(AvailabilityZones.map((zone) => [zone.ZoneName, zone.State, zone.ZoneType])).toEqual([
      ['eu-west-1a', 'available', 'availability-zone'],
      ['eu-west-1b', 'available', 'availability-zone'],
      ['eu-west-1c', 'available', 'availability-zone'],
    ]);
    const { PrefixLists = [] } = await ec2.send(new DescribePrefixListsCommand({}));
    expect(PrefixLists.map(({ PrefixListName }) => PrefixListName)).toEqual([
      'com.amazonaws.eu-west-1.s3',
      'com.amazonaws.eu-west-1.dynamodb',
    ]);
    expect(PrefixLists[0]?.PrefixListId).toMatch(/^pl-[0-9a-f]{8}$/);
  });

  it('has the same ids in every run, whatever the seed draws', async () => {
    const ids = async () => (await ec2.send(new DescribeVpcsCommand({}))).Vpcs?.[0]?.VpcId;
    const other = withDefaultVpc(new Ec2Model(aws.world), 'eu-west-1');
    expect(other.defaultVpc()?.id).toBe(await ids());
  });
});
