import { list } from '../wire/authorization.ts';
import type { ChangeCall, PresentResource, Properties } from './change-call.ts';
import { type CreationCalls, whenGiven } from './creation-call.ts';

const tagsOf = ({ Tags }: Properties) =>
  list(Tags).length > 0 ? { TagSpecifications: [{ Tags }] } : {};

/** One call with these properties as its members, and tags given with it. */
function made(operation: string, ...members: readonly string[]): CreationCalls {
  return {
    make: ({ properties }) => [
      [
        'ec2',
        operation,
        {
          ...Object.fromEntries(members.map((name) => [name, properties[name]])),
          ...tagsOf(properties),
        },
      ],
    ],
  };
}

/** The rules that a group is declared with; those of egress stand in place of the one that lets everything out. */
function ruleCalls({ physicalId: GroupId, properties }: PresentResource): ChangeCall[] {
  const { SecurityGroupIngress, SecurityGroupEgress } = properties;
  return [
    ...(list(SecurityGroupIngress).length > 0
      ? [['ec2', 'AuthorizeSecurityGroupIngress', { GroupId }] as const]
      : []),
    ...(SecurityGroupEgress === undefined
      ? []
      : [
          ['ec2', 'RevokeSecurityGroupEgress', { GroupId }] as const,
          ['ec2', 'AuthorizeSecurityGroupEgress', { GroupId }] as const,
        ]),
  ];
}

/** Networks: what EC2 makes has an id that nobody knows before, so its settings are asked for after. */
export const networkCreations: Readonly<Record<string, CreationCalls>> = {
  'AWS::EC2::VPC': {
    ...made('CreateVpc'),
    settle: ({ physicalId: VpcId, properties: { EnableDnsSupport, EnableDnsHostnames } }) =>
      (EnableDnsSupport ?? EnableDnsHostnames) === undefined
        ? []
        : [['ec2', 'ModifyVpcAttribute', { VpcId }]],
  },
  'AWS::EC2::Subnet': {
    ...made('CreateSubnet', 'VpcId'),
    settle: (subnet) =>
      whenGiven(subnet, 'MapPublicIpOnLaunch', [
        'ec2',
        'ModifySubnetAttribute',
        { SubnetId: subnet.physicalId },
      ]),
  },
  'AWS::EC2::RouteTable': made('CreateRouteTable', 'VpcId'),
  'AWS::EC2::Route': made('CreateRoute', 'RouteTableId'),
  'AWS::EC2::SubnetRouteTableAssociation': made('AssociateRouteTable', 'RouteTableId', 'SubnetId'),
  'AWS::EC2::InternetGateway': made('CreateInternetGateway'),
  'AWS::EC2::VPCGatewayAttachment': made('AttachInternetGateway', 'InternetGatewayId', 'VpcId'),
  'AWS::EC2::NatGateway': made('CreateNatGateway', 'SubnetId', 'AllocationId'),
  'AWS::EC2::EIP': made('AllocateAddress'),
  'AWS::EC2::EIPAssociation': made('AssociateAddress', 'AllocationId', 'NetworkInterfaceId'),
  'AWS::EC2::VPCEndpoint': made(
    'CreateVpcEndpoint',
    'VpcId',
    'RouteTableIds',
    'SubnetIds',
    'SecurityGroupIds',
  ),
  'AWS::EC2::FlowLog': {
    make: ({ properties }) => {
      const { ResourceId, DeliverLogsPermissionArn, LogDestinationType } = properties;
      const members = { ResourceIds: [ResourceId], DeliverLogsPermissionArn, LogDestinationType };
      return [['ec2', 'CreateFlowLogs', { ...members, ...tagsOf(properties) }]];
    },
  },
  'AWS::EC2::NetworkInterface': {
    make: ({ properties }) => {
      const { SubnetId, GroupSet: Groups } = properties;
      return [['ec2', 'CreateNetworkInterface', { SubnetId, Groups, ...tagsOf(properties) }]];
    },
    settle: (made) =>
      whenGiven(made, 'SourceDestCheck', [
        'ec2',
        'ModifyNetworkInterfaceAttribute',
        { NetworkInterfaceId: made.physicalId },
      ]),
  },
  'AWS::EC2::SecurityGroup': { ...made('CreateSecurityGroup', 'VpcId'), settle: ruleCalls },
  'AWS::EC2::SecurityGroupIngress': made('AuthorizeSecurityGroupIngress', 'GroupId'),
  'AWS::EC2::SecurityGroupEgress': {
    // The first rule of its own takes the place of the default one.
    make: ({ properties: { GroupId } }) => [
      ['ec2', 'RevokeSecurityGroupEgress', { GroupId }],
      ['ec2', 'AuthorizeSecurityGroupEgress', { GroupId }],
    ],
  },
  'AWS::EC2::LaunchTemplate': {
    make: ({ properties: { TagSpecifications } }) => [
      ['ec2', 'CreateLaunchTemplate', { TagSpecifications }],
    ],
  },
};
