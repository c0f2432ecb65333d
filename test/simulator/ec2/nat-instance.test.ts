import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import {
  DescribeAddressesCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { clientOptions } from '../../../cli/rehearsal/client-options.ts';
import { createSimulator, type Simulator } from '../../../simulator/simulator.ts';

const StackName = 'nat';
const ref = (Ref: string) => ({ Ref });
const resource = (type: string, Properties: object) => ({ Type: `AWS::EC2::${type}`, Properties });
const Resources = {
  Vpc: resource('VPC', { CidrBlock: '10.0.0.0/16' }),
  Subnet: resource('Subnet', { VpcId: ref('Vpc'), CidrBlock: '10.0.0.0/24' }),
  Address: resource('EIP', { Domain: 'vpc' }),
  Interface: resource('NetworkInterface', { SubnetId: ref('Subnet'), SourceDestCheck: false }),
  Holds: resource('EIPAssociation', {
    AllocationId: { 'Fn::GetAtt': ['Address', 'AllocationId'] },
    NetworkInterfaceId: { 'Fn::GetAtt': ['Interface', 'Id'] },
  }),
  Table: resource('RouteTable', { VpcId: ref('Vpc') }),
  Route: resource('Route', {
    RouteTableId: ref('Table'),
    DestinationCidrBlock: '0.0.0.0/0',
    NetworkInterfaceId: ref('Interface'),
  }),
};

let simulator: Simulator;
let stacks: CloudFormationClient;
let ec2: EC2Client;
beforeEach(async () => {
  simulator = await createSimulator();
  const options = clientOptions(simulator);
  stacks = new CloudFormationClient(options);
  ec2 = new EC2Client(options);
});
afterEach(async () => {
  stacks.destroy();
  ec2.destroy();
  await simulator.stop();
});

it('an interface of a template holds its address, takes a route and goes with its stack', async () => {
  const TemplateBody = JSON.stringify({ Resources });
  await stacks.send(new CreateStackCommand({ StackName, TemplateBody }));
  const stack = simulator.models.cloudformation.find(StackName);
  await stack?.running;
  const { Stacks } = await stacks.send(new DescribeStacksCommand({ StackName }));
  expect(Stacks?.[0]?.StackStatus).toBe('CREATE_COMPLETE');

  const { Addresses = [] } = await ec2.send(new DescribeAddressesCommand({}));
  const [address] = Addresses;
  expect(address?.AssociationId).toBe(address?.AllocationId?.replace('eipalloc', 'eipassoc'));
  const { NetworkInterfaces = [] } = await ec2.send(new DescribeNetworkInterfacesCommand({}));
  expect(NetworkInterfaces).toEqual([
    expect.objectContaining({
      NetworkInterfaceId: expect.stringMatching(/^eni-0[0-9a-f]{16}$/),
      Association: { PublicIp: address?.PublicIp },
      InterfaceType: 'interface',
      SourceDestCheck: false,
    }),
  ]);
  const { RouteTables = [] } = await ec2.send(new DescribeRouteTablesCommand({}));
  expect(RouteTables.flatMap(({ Routes = [] }) => Routes)).toContainEqual(
    expect.objectContaining({
      DestinationCidrBlock: '0.0.0.0/0',
      NetworkInterfaceId: NetworkInterfaces[0]?.NetworkInterfaceId,
    }),
  );

  await stacks.send(new DeleteStackCommand({ StackName }));
  await stack?.running;
  const after = await ec2.send(new DescribeNetworkInterfacesCommand({}));
  const left = await ec2.send(new DescribeAddressesCommand({}));
  expect([after.NetworkInterfaces, left.Addresses]).toEqual([[], []]);
});
