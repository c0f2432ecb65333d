import type { Resources } from './deployer.ts';
import { of, Ref, type Scenario, Tags, type } from './scenario-parts.ts';

const web = { IpProtocol: 'tcp', FromPort: 80, ToPort: 80, CidrIp: '10.0.0.0/8' };

const network: Resources = {
  Vpc: type('AWS::EC2::VPC', { CidrBlock: '10.9.0.0/16', EnableDnsHostnames: true, Tags }),
  Gateway: type('AWS::EC2::InternetGateway'),
  Attached: type('AWS::EC2::VPCGatewayAttachment', {
    VpcId: Ref('Vpc'),
    InternetGatewayId: Ref('Gateway'),
  }),
  Subnet: type('AWS::EC2::Subnet', {
    VpcId: Ref('Vpc'),
    CidrBlock: '10.9.1.0/24',
    MapPublicIpOnLaunch: true,
  }),
  Table: type('AWS::EC2::RouteTable', { VpcId: Ref('Vpc') }),
  Association: type('AWS::EC2::SubnetRouteTableAssociation', {
    SubnetId: Ref('Subnet'),
    RouteTableId: Ref('Table'),
  }),
  Route: {
    ...type('AWS::EC2::Route', {
      RouteTableId: Ref('Table'),
      DestinationCidrBlock: '0.0.0.0/0',
      GatewayId: Ref('Gateway'),
    }),
    DependsOn: 'Attached',
  },
  Address: type('AWS::EC2::EIP', { Domain: 'vpc' }),
  Nat: type('AWS::EC2::NatGateway', {
    SubnetId: Ref('Subnet'),
    AllocationId: of('Address', 'AllocationId'),
  }),
  Endpoint: type('AWS::EC2::VPCEndpoint', {
    VpcId: Ref('Vpc'),
    ServiceName: 'com.amazonaws.us-east-1.s3',
    RouteTableIds: [Ref('Table')],
  }),
};

const groups: Resources = {
  Group: type('AWS::EC2::SecurityGroup', {
    GroupDescription: 'web',
    SecurityGroupIngress: [web],
    SecurityGroupEgress: [web],
  }),
  In: type('AWS::EC2::SecurityGroupIngress', { ...web, ToPort: 81, GroupId: Ref('Group') }),
  Out: type('AWS::EC2::SecurityGroupEgress', { ...web, ToPort: 82, GroupId: Ref('Group') }),
};

/** Networks with every action that making them needs. */
export function networkScenarios(
  subnets: readonly string[],
  vpc: string,
): Record<string, Scenario> {
  return {
    'a network': {
      resources: network,
      needs: [
        'ec2:CreateVpc',
        'ec2:CreateTags',
        'ec2:ModifyVpcAttribute',
        'ec2:CreateInternetGateway',
        'ec2:AttachInternetGateway',
        'ec2:CreateSubnet',
        'ec2:ModifySubnetAttribute',
        'ec2:CreateRouteTable',
        'ec2:AssociateRouteTable',
        'ec2:CreateRoute',
        'ec2:AllocateAddress',
        'ec2:CreateNatGateway',
        'ec2:CreateVpcEndpoint',
      ],
      cleanup: [
        'ec2:Delete*',
        'ec2:DetachInternetGateway',
        'ec2:DisassociateRouteTable',
        'ec2:ReleaseAddress',
      ],
      refusedOn: {
        'ec2:CreateVpc': 'ec2:us-east-1:123456789012:vpc/* because',
        'ec2:CreateTags': 'ec2:us-east-1:123456789012:vpc/* because',
        'ec2:ModifyVpcAttribute': ':vpc/vpc-0',
        'ec2:CreateSubnet': ':subnet/* because',
        'ec2:ModifySubnetAttribute': ':subnet/subnet-0',
        'ec2:CreateRoute': ':route-table/rtb-0',
        'ec2:CreateNatGateway': ':natgateway/* because',
      },
    },
    'interfaces, flow logs and launch templates': {
      resources: {
        Interface: type('AWS::EC2::NetworkInterface', { SubnetId: subnets[0] }),
        Address: type('AWS::EC2::EIP'),
        Held: type('AWS::EC2::EIPAssociation', {
          AllocationId: of('Address', 'AllocationId'),
          NetworkInterfaceId: Ref('Interface'),
        }),
        Flow: type('AWS::EC2::FlowLog', {
          ResourceId: vpc,
          ResourceType: 'VPC',
          TrafficType: 'ALL',
          LogGroupName: 'flows',
          DeliverLogsPermissionArn: 'arn:aws:iam::123456789012:role/flows',
        }),
        Template: type('AWS::EC2::LaunchTemplate', { LaunchTemplateData: {} }),
      },
      needs: [
        'ec2:CreateNetworkInterface',
        'ec2:AllocateAddress',
        'ec2:AssociateAddress',
        'ec2:CreateFlowLogs',
        'iam:PassRole',
        'ec2:CreateLaunchTemplate',
      ],
      cleanup: ['ec2:Delete*', 'ec2:DisassociateAddress', 'ec2:ReleaseAddress'],
      refusedOn: {
        'ec2:AssociateAddress': ':elastic-ip/eipalloc-0',
        'ec2:CreateFlowLogs': ':vpc-flow-log/* because',
        'iam:PassRole': 'arn:aws:iam::123456789012:role/flows',
        'ec2:CreateLaunchTemplate': ':launch-template/* because',
      },
    },
    'security groups': {
      resources: groups,
      needs: [
        'ec2:CreateSecurityGroup',
        'ec2:AuthorizeSecurityGroupIngress',
        'ec2:AuthorizeSecurityGroupEgress',
        'ec2:RevokeSecurityGroupEgress',
      ],
      cleanup: ['ec2:DeleteSecurityGroup', 'ec2:RevokeSecurityGroupIngress'],
      refusedOn: {
        'ec2:CreateSecurityGroup': ':security-group/* because',
        'ec2:AuthorizeSecurityGroupIngress': ':security-group/sg-0',
      },
    },
  };
}
