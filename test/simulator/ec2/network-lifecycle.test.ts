import {
  AllocateAddressCommand,
  AssociateRouteTableCommand,
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateNatGatewayCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSubnetCommand,
  CreateTagsCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  DeleteInternetGatewayCommand,
  DeleteNatGatewayCommand,
  DeleteRouteTableCommand,
  DeleteSubnetCommand,
  DeleteTagsCommand,
  DeleteVpcCommand,
  DeleteVpcEndpointsCommand,
  DescribeAddressesCommand,
  DescribeRouteTablesCommand,
  DescribeTagsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcsCommand,
  DetachInternetGatewayCommand,
  DisassociateRouteTableCommand,
  EC2Client,
  ModifyVpcAttributeCommand,
  ReleaseAddressCommand,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { InterfaceHolders } from '../../../simulator/ec2/interfaces.ts';
import { Ec2Model } from '../../../simulator/ec2/model.ts';
import { ec2Wire } from '../../../simulator/ec2/wire.ts';
import { type SimulatedAws, simulatedAws } from '../wire/simulated-aws.ts';

let aws: SimulatedAws;
let ec2: EC2Client;
let balancers: ReturnType<InterfaceHolders['balancers']>;
let VpcId: string;
beforeEach(async () => {
  balancers = [];
  aws = await simulatedAws((world) => [
    ec2Wire(new Ec2Model(world), world, { tasks: () => [], balancers: () => balancers }),
  ]);
  ec2 = new EC2Client(aws.client);
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  VpcId = Vpc?.VpcId ?? '';
});
afterEach(() => aws.stop());

const subnet = async (CidrBlock: string, AvailabilityZone?: string) => {
  const { Subnet } = await ec2.send(
    new CreateSubnetCommand({ VpcId, CidrBlock, AvailabilityZone }),
  );
  return Subnet?.SubnetId ?? '';
};
const refused = async (call: Promise<unknown>, name: string, message: string) =>
  await expect(call).rejects.toMatchObject({ name, message });

describe('a VPC made by a client', () => {
  it('goes once nothing is in it but what it was born with', async () => {
    const SubnetId = await subnet('10.0.0.0/24');
    await refused(
      ec2.send(new DeleteVpcCommand({ VpcId })),
      'DependencyViolation',
      `The vpc '${VpcId}' has dependencies and cannot be deleted.`,
    );
    await ec2.send(new DeleteSubnetCommand({ SubnetId }));
    await ec2.send(new DeleteVpcCommand({ VpcId }));
    await refused(
      ec2.send(new DescribeVpcsCommand({ VpcIds: [VpcId] })),
      'InvalidVpcID.NotFound',
      `The vpc ID '${VpcId}' does not exist`,
    );
    expect((await ec2.send(new DescribeRouteTablesCommand({}))).RouteTables).toEqual([]);
  });

  it('changes one attribute at a time', async () => {
    await ec2.send(new ModifyVpcAttributeCommand({ VpcId, EnableDnsHostnames: { Value: true } }));
    const { EnableDnsHostnames } = await ec2.send(
      new DescribeVpcAttributeCommand({ VpcId, Attribute: 'enableDnsHostnames' }),
    );
    expect(EnableDnsHostnames).toEqual({ Value: true });
    const both = { EnableDnsHostnames: { Value: true }, EnableDnsSupport: { Value: true } };
    await expect(ec2.send(new ModifyVpcAttributeCommand({ VpcId, ...both }))).rejects.toMatchObject(
      { name: 'InvalidParameterCombination' },
    );
  });

  it.each([
    ['10.0.0.0', 'InvalidParameterValue', /Value \(10.0.0.0\) for parameter cidrBlock is invalid/],
    ['10.0.0.0/8', 'InvalidVpc.Range', /The CIDR '10.0.0.0\/8' is invalid/],
    ['10.0.0.0/29', 'InvalidVpc.Range', /'10.0.0.0\/29'/],
  ])('is refused with the block %s', async (CidrBlock, name, message) => {
    const call = ec2.send(new CreateVpcCommand({ CidrBlock }));
    await expect(call).rejects.toMatchObject({ name });
    await expect(call).rejects.toThrow(message);
  });

  // API reference, CreateVpc and CreateSubnet: "we modify it to its canonical form".
  it('keeps its block, and those of its subnets, without host bits', async () => {
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '100.68.0.18/18' }));
    expect(Vpc?.CidrBlock).toBe('100.68.0.0/18');
    expect(Vpc?.CidrBlockAssociationSet?.[0]?.CidrBlock).toBe('100.68.0.0/18');
    const { Subnet } = await ec2.send(
      new CreateSubnetCommand({ VpcId: Vpc?.VpcId, CidrBlock: '100.68.1.200/24' }),
    );
    expect(Subnet?.CidrBlock).toBe('100.68.1.0/24');
  });
});

describe('subnets', () => {
  it('lie within their VPC, beside the others, in a zone that there is', async () => {
    const first = await subnet('10.0.0.0/24', 'eu-west-1c');
    await refused(
      subnet('10.0.0.128/25'),
      'InvalidSubnet.Conflict',
      `The CIDR '10.0.0.128/25' conflicts with another subnet (${first})`,
    );
    await expect(subnet('10.1.0.0/24')).rejects.toMatchObject({ name: 'InvalidSubnet.Range' });
    await expect(subnet('10.0.1.0/24', 'eu-west-1z')).rejects.toThrow(
      'Subnets can currently only be created in the following availability zones: eu-west-1a, eu-west-1b, eu-west-1c.',
    );
  });

  it('stay while a balancer has an interface in them', async () => {
    const SubnetId = await subnet('10.0.0.0/24');
    balancers = [{ fullName: 'app/shop/1', subnets: [SubnetId], securityGroups: [] }];
    await refused(
      ec2.send(new DeleteSubnetCommand({ SubnetId })),
      'DependencyViolation',
      `The subnet '${SubnetId}' has dependencies and cannot be deleted.`,
    );
  });
});

describe('routing', () => {
  it('is made and unmade as Terraform does', async () => {
    const SubnetId = await subnet('10.0.0.0/24');
    const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}));
    const InternetGatewayId = InternetGateway?.InternetGatewayId ?? '';
    await ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId, VpcId }));
    await refused(
      ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId, VpcId })),
      'Resource.AlreadyAssociated',
      `resource ${InternetGatewayId} is already attached to network ${VpcId}`,
    );
    const { RouteTable } = await ec2.send(new CreateRouteTableCommand({ VpcId }));
    const RouteTableId = RouteTable?.RouteTableId ?? '';
    const route = { RouteTableId, DestinationCidrBlock: '0.0.0.0/0', GatewayId: InternetGatewayId };
    await ec2.send(new CreateRouteCommand(route));
    await refused(
      ec2.send(new CreateRouteCommand(route)),
      'RouteAlreadyExists',
      'The route identified by 0.0.0.0/0 already exists.',
    );
    const { AssociationId } = await ec2.send(
      new AssociateRouteTableCommand({ RouteTableId, SubnetId }),
    );
    const deleteTable = () => ec2.send(new DeleteRouteTableCommand({ RouteTableId }));
    await refused(
      deleteTable(),
      'DependencyViolation',
      `The routeTable '${RouteTableId}' has dependencies and cannot be deleted.`,
    );
    await ec2.send(new DisassociateRouteTableCommand({ AssociationId }));
    await deleteTable();
    const deleteGateway = () => ec2.send(new DeleteInternetGatewayCommand({ InternetGatewayId }));
    await expect(deleteGateway()).rejects.toMatchObject({ name: 'DependencyViolation' });
    await ec2.send(new DetachInternetGatewayCommand({ InternetGatewayId, VpcId }));
    await deleteGateway();
  });

  it('gives a NAT gateway its address, which cannot be released meanwhile', async () => {
    const SubnetId = await subnet('10.0.0.0/24');
    const { AllocationId, PublicIp } = await ec2.send(
      new AllocateAddressCommand({ Domain: 'vpc' }),
    );
    const { NatGateway } = await ec2.send(new CreateNatGatewayCommand({ SubnetId, AllocationId }));
    const NatGatewayIds = [NatGateway?.NatGatewayId ?? ''];
    expect(NatGateway).toMatchObject({
      State: 'available',
      VpcId,
      NatGatewayAddresses: [{ AllocationId, PublicIp, Status: 'succeeded', IsPrimary: true }],
    });
    await refused(
      ec2.send(new ReleaseAddressCommand({ AllocationId })),
      'InvalidIPAddress.InUse',
      `Address ${PublicIp} is in use.`,
    );
    await ec2.send(new DeleteNatGatewayCommand({ NatGatewayId: NatGatewayIds[0] }));
    await ec2.send(new ReleaseAddressCommand({ AllocationId }));
    await ec2.send(new DeleteSubnetCommand({ SubnetId }));
    expect((await ec2.send(new DescribeAddressesCommand({}))).Addresses).toEqual([]);
  });

  it('shows the route of a gateway endpoint in its tables, as long as it is there', async () => {
    const { RouteTables: [table] = [] } = await ec2.send(new DescribeRouteTablesCommand({}));
    const RouteTableIds = [table?.RouteTableId ?? ''];
    const service = { VpcId, ServiceName: 'com.amazonaws.eu-west-1.s3', RouteTableIds };
    const { VpcEndpoint } = await ec2.send(new CreateVpcEndpointCommand(service));
    const id = VpcEndpoint?.VpcEndpointId ?? '';
    const routes = async () =>
      (await ec2.send(new DescribeRouteTablesCommand({ RouteTableIds }))).RouteTables?.[0]?.Routes;
    expect(await routes()).toMatchObject([
      { GatewayId: 'local' },
      { GatewayId: id, DestinationPrefixListId: expect.stringMatching(/^pl-[0-9a-f]{8}$/) },
    ]);
    const { Unsuccessful } = await ec2.send(
      new DeleteVpcEndpointsCommand({ VpcEndpointIds: [id, 'vpce-0'] }),
    );
    expect(Unsuccessful).toMatchObject([
      { ResourceId: 'vpce-0', Error: { Code: 'InvalidVpcEndpointId.NotFound' } },
    ]);
    expect(await routes()).toHaveLength(1);
  });
});

describe('tags', () => {
  it('are added, replaced, listed and taken away', async () => {
    const tags = async () =>
      (
        await ec2.send(
          new DescribeTagsCommand({ Filters: [{ Name: 'resource-id', Values: [VpcId] }] }),
        )
      ).Tags?.map(({ Key, Value, ResourceType }) => [Key, Value, ResourceType]);
    const Resources = [VpcId];
    await ec2.send(new CreateTagsCommand({ Resources, Tags: [{ Key: 'a', Value: '1' }] }));
    await ec2.send(
      new CreateTagsCommand({
        Resources,
        Tags: [
          { Key: 'a', Value: '2' },
          { Key: 'b', Value: '' },
        ],
      }),
    );
    expect(await tags()).toEqual([
      ['a', '2', 'vpc'],
      ['b', '', 'vpc'],
    ]);
    // Named with a value, a tag goes only if it has that value.
    await ec2.send(new DeleteTagsCommand({ Resources, Tags: [{ Key: 'a', Value: '1' }] }));
    await ec2.send(new DeleteTagsCommand({ Resources, Tags: [{ Key: 'b' }] }));
    expect(await tags()).toEqual([['a', '2', 'vpc']]);
    await refused(
      ec2.send(new CreateTagsCommand({ Resources: ['vpc-0'], Tags: [{ Key: 'a', Value: '1' }] })),
      'InvalidID',
      "The ID 'vpc-0' is not valid",
    );
    const gone = 'vpc-0123456789abcdef0';
    await refused(
      ec2.send(new CreateTagsCommand({ Resources: [gone], Tags: [{ Key: 'a', Value: '1' }] })),
      'InvalidVpcID.NotFound',
      `The vpc ID '${gone}' does not exist`,
    );
  });
});
