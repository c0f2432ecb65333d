import {
  AuthorizeSecurityGroupIngressCommand,
  DescribeNatGatewaysCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  EC2Client,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { InterfaceHolders } from '../../../simulator/ec2/interfaces.ts';
import { Ec2Model } from '../../../simulator/ec2/model.ts';
import { ec2Resources } from '../../../simulator/ec2/resources.ts';
import { ec2Wire } from '../../../simulator/ec2/wire.ts';
import { createResource } from '../wire/create-resource.ts';
import { type SimulatedAws, simulatedAws } from '../wire/simulated-aws.ts';

let aws: SimulatedAws;
let ec2: EC2Client;
let model: Ec2Model;
let tasks: ReturnType<InterfaceHolders['tasks']>;
let balancers: ReturnType<InterfaceHolders['balancers']>;
let VpcId: string;

beforeEach(async () => {
  [tasks, balancers] = [[], []];
  aws = await simulatedAws((world) => {
    model = new Ec2Model(world);
    return [ec2Wire(model, world, { tasks: () => tasks, balancers: () => balancers })];
  });
  ec2 = new EC2Client(aws.client);
  VpcId = await create('VPC', { CidrBlock: '10.0.0.0/16' });
});
afterEach(() => aws.stop());

const create = async (type: string, properties: unknown) => {
  const providers = ec2Resources(model, aws.world);
  return (await createResource(providers, aws.world, `AWS::EC2::${type}`, properties)).physicalId;
};
const createSubnet = (CidrBlock: string, more: object = {}) =>
  create('Subnet', { VpcId, CidrBlock, ...more });
const task = (subnetId: string, number: number) => ({
  networkInterfaceId: `eni-0000000000000000${number}`,
  subnetId,
  privateIp: `10.0.0.${10 + number}`,
  macAddress: '02:00:00:00:00:01',
  attachmentArn: 'arn:aws:ecs:eu-west-1:111122223333:attachment/x',
  securityGroups: ['sg-1'],
});

describe('DescribeSubnets', () => {
  it('counts free addresses without those of AWS, tasks, balancers and NAT gateways', async () => {
    const subnet = await createSubnet('10.0.0.0/28');
    const other = await createSubnet('10.0.1.0/24');
    await create('NatGateway', { SubnetId: subnet });
    tasks = [task(subnet, 1), task(subnet, 2), task(other, 3)];
    balancers = [{ fullName: 'app/shop/1', subnets: [subnet, other], securityGroups: [] }];
    const { Subnets = [] } = await ec2.send(
      new DescribeSubnetsCommand({ SubnetIds: [other, subnet] }),
    );
    expect(Subnets.map((each) => [each.SubnetId, each.AvailableIpAddressCount])).toEqual([
      [other, 256 - 5 - 2],
      [subnet, 16 - 5 - 4],
    ]);
    tasks = [];
    const { Subnets: [later] = [] } = await ec2.send(
      new DescribeSubnetsCommand({ SubnetIds: [subnet] }),
    );
    expect(later?.AvailableIpAddressCount).toBe(9);
  });

  it('tells zone, block and tags, and filters by any of them', async () => {
    const Tags = [{ Key: 'Name', Value: 'private-b' }];
    const id = await createSubnet('10.0.0.0/24', { AvailabilityZone: 'eu-west-1b', Tags });
    await createSubnet('10.0.1.0/24', { AvailabilityZone: 'eu-west-1a' });
    const Filters = [
      { Name: 'tag:Name', Values: ['private-*'] },
      { Name: 'vpc-id', Values: ['vpc-x', VpcId] },
    ];
    const { Subnets } = await ec2.send(new DescribeSubnetsCommand({ Filters }));
    expect(Subnets).toMatchObject([
      {
        SubnetId: id,
        SubnetArn: `arn:aws:ec2:eu-west-1:111122223333:subnet/${id}`,
        State: 'available',
        AvailabilityZone: 'eu-west-1b',
        AvailabilityZoneId: 'euw1-az2',
        CidrBlock: '10.0.0.0/24',
        MapPublicIpOnLaunch: false,
        Tags,
      },
    ]);
  });

  it('pages, but not together with ids', async () => {
    for (let third = 0; third < 7; third++) await createSubnet(`10.0.${third}.0/24`);
    const first = await ec2.send(new DescribeSubnetsCommand({ MaxResults: 5 }));
    expect(first.Subnets).toHaveLength(5);
    const { NextToken } = first;
    const rest = await ec2.send(new DescribeSubnetsCommand({ MaxResults: 5, NextToken }));
    expect([rest.Subnets?.length, rest.NextToken]).toEqual([2, undefined]);
    await expect(
      ec2.send(new DescribeSubnetsCommand({ MaxResults: 5, SubnetIds: ['subnet-1'] })),
    ).rejects.toMatchObject({ name: 'InvalidSubnetID.NotFound' });
  });

  it.each([
    [
      { SubnetIds: ['subnet-0'] },
      'InvalidSubnetID.NotFound',
      "The subnet ID 'subnet-0' does not exist",
    ],
    [{ Filters: [{ Name: 'colour', Values: ['x'] }] }, 'InvalidParameterValue', /filter 'colour'/],
    [{ MaxResults: 4 }, 'InvalidParameterValue', /Expecting a value greater than 5/],
    [{ DryRun: true }, 'DryRunOperation', /would have succeeded/],
  ])('%j is answered as EC2 does', async (input, name, message) => {
    const call = ec2.send(new DescribeSubnetsCommand(input));
    await expect(call).rejects.toMatchObject({ name });
    await expect(call).rejects.toThrow(message);
  });
});

describe('security groups', () => {
  it('a new group lets everything out and nothing in', async () => {
    const id = await create('SecurityGroup', { GroupDescription: 'tasks', VpcId });
    const { SecurityGroups } = await ec2.send(
      new DescribeSecurityGroupsCommand({ GroupIds: [id] }),
    );
    expect(SecurityGroups).toMatchObject([
      {
        GroupId: id,
        Description: 'tasks',
        VpcId,
        OwnerId: '111122223333',
        IpPermissions: [],
        IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
      },
    ]);
  });

  it('rules of the same ports become one permission, and an egress rule replaces the default one', async () => {
    const balancer = await create('SecurityGroup', { GroupDescription: 'alb', VpcId });
    const group = await create('SecurityGroup', {
      GroupDescription: 'tasks',
      VpcId,
      SecurityGroupIngress: [
        { IpProtocol: '6', FromPort: 8080, ToPort: '8080', CidrIp: '10.0.0.0/16' },
      ],
    });
    await create('SecurityGroupIngress', {
      GroupId: group,
      IpProtocol: 'tcp',
      FromPort: 8080,
      ToPort: 8080,
      SourceSecurityGroupId: balancer,
      Description: 'from the balancer',
    });
    await create('SecurityGroupEgress', {
      GroupId: group,
      IpProtocol: 'tcp',
      FromPort: 443,
      ToPort: 443,
      CidrIp: '0.0.0.0/0',
    });
    const { SecurityGroups: [shown] = [] } = await ec2.send(
      new DescribeSecurityGroupsCommand({ GroupIds: [group] }),
    );
    expect(shown?.IpPermissions).toEqual([
      {
        IpProtocol: 'tcp',
        FromPort: 8080,
        ToPort: 8080,
        IpRanges: [{ CidrIp: '10.0.0.0/16' }],
        Ipv6Ranges: [],
        PrefixListIds: [],
        UserIdGroupPairs: [
          { GroupId: balancer, UserId: '111122223333', Description: 'from the balancer' },
        ],
      },
    ]);
    expect(shown?.IpPermissionsEgress).toMatchObject([{ IpProtocol: 'tcp', FromPort: 443 }]);
    const { SecurityGroupRules } = await ec2.send(
      new DescribeSecurityGroupRulesCommand({
        Filters: [{ Name: 'group-id', Values: [group] }],
      }),
    );
    expect(SecurityGroupRules?.map((rule) => [rule.IsEgress, rule.FromPort])).toEqual([
      [false, 8080],
      [false, 8080],
      [true, 443],
    ]);
    expect(SecurityGroupRules?.[1]?.ReferencedGroupInfo?.GroupId).toBe(balancer);
  });

  it('a rule is taken away and given back by hand', async () => {
    const balancer = await create('SecurityGroup', { GroupDescription: 'alb', VpcId });
    const group = await create('SecurityGroup', { GroupDescription: 'tasks', VpcId });
    const IpPermissions = [
      {
        IpProtocol: 'tcp',
        FromPort: 8080,
        ToPort: 8080,
        UserIdGroupPairs: [{ GroupId: balancer }],
      },
    ];
    const rule = { GroupId: group, IpPermissions };
    const ports = async () => {
      const { SecurityGroups } = await ec2.send(
        new DescribeSecurityGroupsCommand({ GroupIds: [group] }),
      );
      return SecurityGroups?.[0]?.IpPermissions?.map(({ FromPort }) => FromPort);
    };
    await ec2.send(new AuthorizeSecurityGroupIngressCommand(rule));
    expect(await ports()).toEqual([8080]);
    await expect(ec2.send(new AuthorizeSecurityGroupIngressCommand(rule))).rejects.toMatchObject({
      name: 'InvalidPermission.Duplicate',
    });
    await ec2.send(new RevokeSecurityGroupIngressCommand(rule));
    expect(await ports()).toEqual([]);
    await expect(ec2.send(new RevokeSecurityGroupIngressCommand(rule))).rejects.toMatchObject({
      name: 'InvalidPermission.NotFound',
    });
  });

  it.each([
    ['sg-0123456789abcdef0', 'InvalidGroup.NotFound'],
    ['tasks', 'InvalidGroupId.Malformed'],
  ])('%s is refused with %s', async (id, name) => {
    await expect(
      ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [id] })),
    ).rejects.toMatchObject({ name });
  });
});

it('a VPC has its block, a default group and a main route table', async () => {
  const { Vpcs } = await ec2.send(new DescribeVpcsCommand({ VpcIds: [VpcId] }));
  expect(Vpcs).toMatchObject([{ VpcId, CidrBlock: '10.0.0.0/16', State: 'available' }]);
  const Filters = [{ Name: 'vpc-id', Values: [VpcId] }];
  const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters }));
  expect(SecurityGroups?.map(({ GroupName }) => GroupName)).toEqual(['default']);
  const { RouteTables } = await ec2.send(new DescribeRouteTablesCommand({ Filters }));
  expect(RouteTables).toMatchObject([
    { Associations: [{ Main: true }], Routes: [{ GatewayId: 'local' }] },
  ]);
});

it('a route table shows its routes and subnets', async () => {
  const subnet = await createSubnet('10.0.0.0/24');
  const gateway = await create('InternetGateway', {});
  const table = await create('RouteTable', { VpcId });
  await create('SubnetRouteTableAssociation', { SubnetId: subnet, RouteTableId: table });
  await create('Route', {
    RouteTableId: table,
    DestinationCidrBlock: '0.0.0.0/0',
    GatewayId: gateway,
  });
  const Filters = [{ Name: 'association.subnet-id', Values: [subnet] }];
  const { RouteTables } = await ec2.send(new DescribeRouteTablesCommand({ Filters }));
  expect(RouteTables).toMatchObject([
    {
      RouteTableId: table,
      Associations: [{ Main: false, SubnetId: subnet }],
      Routes: [
        { DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local' },
        { DestinationCidrBlock: '0.0.0.0/0', GatewayId: gateway, State: 'active' },
      ],
    },
  ]);
});

it('interfaces of tasks and balancers are described', async () => {
  const subnet = await createSubnet('10.0.0.0/24');
  tasks = [task(subnet, 1)];
  balancers = [{ fullName: 'app/shop/1', subnets: [subnet], securityGroups: ['sg-2'] }];
  const { NetworkInterfaces } = await ec2.send(
    new DescribeNetworkInterfacesCommand({ Filters: [{ Name: 'vpc-id', Values: [VpcId] }] }),
  );
  expect(NetworkInterfaces).toMatchObject([
    { PrivateIpAddress: '10.0.0.11', SubnetId: subnet, Groups: [{ GroupId: 'sg-1' }], VpcId },
    {
      Description: 'ELB app/shop/1',
      RequesterId: 'amazon-elb',
      RequesterManaged: true,
      Groups: [{ GroupId: 'sg-2' }],
    },
  ]);
});

describe('DescribeNatGateways', () => {
  it('shows the public address of each gateway of a VPC', async () => {
    const SubnetId = await createSubnet('10.0.0.0/24');
    const PublicIp = await create('EIP', { Domain: 'vpc' });
    const [address] = model.all('elastic IP');
    const gateway = await create('NatGateway', { SubnetId, AllocationId: address?.id });
    await create('NatGateway', { SubnetId, ConnectivityType: 'private' });
    const ask = async (Values: string[]) => {
      const { NatGateways = [] } = await ec2.send(
        new DescribeNatGatewaysCommand({ Filter: [{ Name: 'vpc-id', Values }] }),
      );
      return NatGateways;
    };
    const [shown, inside] = await ask([VpcId]);
    expect(shown).toMatchObject({ NatGatewayId: gateway, VpcId, SubnetId, State: 'available' });
    expect(shown?.NatGatewayAddresses).toMatchObject([{ PublicIp, AllocationId: address?.id }]);
    expect(inside).toMatchObject({ ConnectivityType: 'private' });
    expect(await ask(['vpc-none'])).toEqual([]);
  });
});
