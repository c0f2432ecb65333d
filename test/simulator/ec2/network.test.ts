import {
  DescribeNatGatewaysCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeVpcsCommand,
  type EC2Client,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Network, startNetwork, task } from './network-fixture.ts';

let network: Network;
let ec2: EC2Client;
let VpcId: string;
beforeEach(async () => {
  network = await startNetwork();
  ec2 = network.client;
  VpcId = network.VpcId;
});
afterEach(() => network.stop());

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
  const subnet = await network.createSubnet('10.0.0.0/24');
  const gateway = await network.create('InternetGateway', {});
  const table = await network.create('RouteTable', { VpcId });
  await network.create('SubnetRouteTableAssociation', { SubnetId: subnet, RouteTableId: table });
  await network.create('Route', {
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
  const subnet = await network.createSubnet('10.0.0.0/24');
  network.holders.tasks = [task(subnet, 1)];
  network.holders.balancers = [
    { fullName: 'app/shop/1', subnets: [subnet], securityGroups: ['sg-2'] },
  ];
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
    const SubnetId = await network.createSubnet('10.0.0.0/24');
    const PublicIp = await network.create('EIP', { Domain: 'vpc' });
    const [address] = network.model.all('elastic IP');
    const gateway = await network.create('NatGateway', { SubnetId, AllocationId: address?.id });
    await network.create('NatGateway', { SubnetId, ConnectivityType: 'private' });
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
