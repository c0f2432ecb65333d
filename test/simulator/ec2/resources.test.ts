import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createStack } from '../../../simulator/cloudformation/create-stack.ts';
import { planStack } from '../../../simulator/cloudformation/plan-stack.ts';
import { Ec2Model } from '../../../simulator/ec2/model.ts';
import { ec2Resources } from '../../../simulator/ec2/resources.ts';
import { testWorld } from '../cloudformation/loading.ts';

let testing: ReturnType<typeof testWorld>;
let ec2: Ec2Model;
beforeEach(() => {
  testing = testWorld();
  ec2 = new Ec2Model(testing.world);
});
afterEach(() => testing.stop());

async function deploy(Resources: object, Outputs: object = {}) {
  const providers = ec2Resources(ec2, testing.world);
  const source = { stackName: 'Net', templateBody: JSON.stringify({ Resources, Outputs }) };
  const planned = planStack(testing.model, providers, source, { given: {}, ssm: {} });
  const stack = await createStack(testing.model, providers, planned);
  return Object.fromEntries(stack.outputs.map(({ key, value }) => [key, value]));
}

const vpc = { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } };
const subnet = (CidrBlock: string, VpcId: unknown = { Ref: 'Vpc' }) => ({
  Type: 'AWS::EC2::Subnet',
  Properties: { VpcId, CidrBlock, AvailabilityZone: { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] } },
});

describe('EC2 resources', () => {
  it('build a network with ids and attributes as CloudFormation gives them', async () => {
    const outputs = await deploy(
      {
        Vpc: vpc,
        Public: subnet('10.0.0.0/24'),
        Gateway: { Type: 'AWS::EC2::InternetGateway' },
        Attachment: {
          Type: 'AWS::EC2::VPCGatewayAttachment',
          Properties: { VpcId: { Ref: 'Vpc' }, InternetGatewayId: { Ref: 'Gateway' } },
        },
        Table: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: { Ref: 'Vpc' } } },
        Route: {
          Type: 'AWS::EC2::Route',
          Properties: {
            RouteTableId: { Ref: 'Table' },
            DestinationCidrBlock: '0.0.0.0/0',
            GatewayId: { Ref: 'Gateway' },
          },
        },
        Address: { Type: 'AWS::EC2::EIP', Properties: { Domain: 'vpc' } },
        Nat: {
          Type: 'AWS::EC2::NatGateway',
          Properties: {
            SubnetId: { Ref: 'Public' },
            AllocationId: { 'Fn::GetAtt': ['Address', 'AllocationId'] },
          },
        },
      },
      {
        Vpc: { Value: { Ref: 'Vpc' } },
        Zone: { Value: { 'Fn::GetAtt': ['Public', 'AvailabilityZone'] } },
        Route: { Value: { Ref: 'Route' } },
        Address: { Value: { Ref: 'Address' } },
        PublicIp: { Value: { 'Fn::GetAtt': ['Address', 'PublicIp'] } },
        DefaultGroup: { Value: { 'Fn::GetAtt': ['Vpc', 'DefaultSecurityGroup'] } },
      },
    );
    expect(outputs).toMatchObject({
      Vpc: expect.stringMatching(/^vpc-0[0-9a-f]{16}$/),
      Zone: 'us-east-1a',
      Route: expect.stringMatching(/^rtb-0[0-9a-f]{16}\|0\.0\.0\.0\/0$/),
      DefaultGroup: expect.stringMatching(/^sg-0[0-9a-f]{16}$/),
    });
    // Ref of an elastic address is the address itself.
    expect(outputs.Address).toBe(outputs.PublicIp);
    expect(ec2.all('NAT gateway')).toHaveLength(1);
  });

  it('keep the rules of security groups', async () => {
    const { Group } = await deploy(
      {
        Vpc: vpc,
        Group: {
          Type: 'AWS::EC2::SecurityGroup',
          Properties: { GroupDescription: 'tasks', VpcId: { Ref: 'Vpc' } },
        },
        Rule: {
          Type: 'AWS::EC2::SecurityGroupIngress',
          Properties: {
            GroupId: { 'Fn::GetAtt': ['Group', 'GroupId'] },
            SourceSecurityGroupId: { Ref: 'Group' },
            IpProtocol: 'tcp',
            FromPort: '8080',
            ToPort: 8080,
          },
        },
      },
      { Group: { Value: { Ref: 'Group' } } },
    );
    const rules = ec2.all('security group rule').map(({ properties }) => properties);
    expect(rules.filter(({ GroupId }) => GroupId === Group)).toEqual([
      { GroupId: Group, IpProtocol: '-1', CidrIp: '0.0.0.0/0', IsEgress: true, IsDefault: true },
      {
        GroupId: Group,
        SourceSecurityGroupId: Group,
        IpProtocol: 'tcp',
        FromPort: 8080,
        ToPort: 8080,
        IsEgress: false,
      },
    ]);
  });

  it.each([
    ['outside its VPC', '10.1.0.0/24', "The CIDR '10.1.0.0/24' is invalid"],
    [
      'that overlaps another one',
      '10.0.0.128/25',
      "The CIDR '10.0.0.128/25' conflicts with another subnet",
    ],
  ])('refuse a subnet %s', async (_case, block, message) => {
    await expect(
      deploy({
        Vpc: vpc,
        First: subnet('10.0.0.0/24'),
        Second: { ...subnet(block), DependsOn: 'First' },
      }),
    ).rejects.toThrow(message);
  });

  it('refuse ids that do not exist', async () => {
    await expect(deploy({ Lone: subnet('10.0.0.0/24', 'vpc-0123') })).rejects.toThrow(
      "The vpc ID 'vpc-0123' does not exist",
    );
  });

  it('refuse properties that are not modelled, by name', async () => {
    const Properties = { CidrBlock: '10.0.0.0/16', Ipv4IpamPoolId: 'pool' };
    await expect(deploy({ Vpc: { Type: 'AWS::EC2::VPC', Properties } })).rejects.toThrow(
      'Stack Net: Vpc (AWS::EC2::VPC): Ipv4IpamPoolId: property is not modelled',
    );
  });
});
