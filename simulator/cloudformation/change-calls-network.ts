import {
  type ChangeCall,
  type ChangeCalls,
  type Properties,
  type PropertyChange,
  tagCalls,
  whenOthersChanged,
  without,
} from './change-call.ts';

const tagsOf = (change: PropertyChange, id: unknown = change.physicalId) =>
  tagCalls(
    change,
    (Tags) => ['ec2', 'CreateTags', { Resources: [id], Tags }],
    () => ['ec2', 'DeleteTags', { Resources: [id] }],
  );
const onlyTags: ChangeCalls = { update: (change) => tagsOf(change) };

/** One operation for the type's own properties, tags by theirs. */
function modified(operation: string, member: string): ChangeCalls {
  return {
    update: (change) => [
      ...whenOthersChanged(change, ['Tags'], ['ec2', operation, { [member]: change.physicalId }]),
      ...tagsOf(change),
    ],
  };
}

/** What an endpoint is in; an update adds some of it and removes other. */
const endpointMembers = ['RouteTableIds', 'SubnetIds', 'SecurityGroupIds'] as const;

function moved({ before, after }: PropertyChange, ...names: readonly string[]): Properties {
  return Object.fromEntries(
    names.flatMap((name) => [
      [`Add${name}`, without(after[name], before[name])],
      [`Remove${name}`, without(before[name], after[name])],
    ]),
  );
}

type Direction = 'Ingress' | 'Egress';

/** A group's rules are allowed and revoked one by one. */
function ruleCalls(
  GroupId: string,
  direction: Direction,
  before: Properties,
  after: Properties,
): ChangeCall[] {
  const property = `SecurityGroup${direction}`;
  const gone = without(before[property], after[property]);
  const come = without(after[property], before[property]);
  return [
    ...gone.map((): ChangeCall => ['ec2', `RevokeSecurityGroup${direction}`, { GroupId }]),
    ...come.map((): ChangeCall => ['ec2', `AuthorizeSecurityGroup${direction}`, { GroupId }]),
  ];
}

/** A rule of its own changes nothing in place but its description. */
function rule(direction: Direction): ChangeCalls {
  const describe = `UpdateSecurityGroupRuleDescriptions${direction}`;
  return {
    update: ({ after: { GroupId } }) => [['ec2', describe, { GroupId }]],
    delete: ({ properties: { GroupId } }) => [
      ['ec2', `RevokeSecurityGroup${direction}`, { GroupId }],
    ],
  };
}

/** Networks: most of their deletions go through the EC2 API. */
export const networkCalls: Readonly<Record<string, ChangeCalls>> = {
  'AWS::EC2::VPC': modified('ModifyVpcAttribute', 'VpcId'),
  'AWS::EC2::Subnet': modified('ModifySubnetAttribute', 'SubnetId'),
  'AWS::EC2::RouteTable': onlyTags,
  'AWS::EC2::InternetGateway': onlyTags,
  'AWS::EC2::NatGateway': onlyTags,
  'AWS::EC2::EIP': { update: (change) => tagsOf(change, change.attributes.AllocationId) },
  'AWS::EC2::VPCEndpoint': {
    update: (change) => {
      const members = { VpcEndpointId: change.physicalId, ...moved(change, ...endpointMembers) };
      return [
        ...whenOthersChanged(change, ['Tags'], ['ec2', 'ModifyVpcEndpoint', members]),
        ...tagsOf(change),
      ];
    },
  },
  'AWS::EC2::SubnetRouteTableAssociation': {
    update: ({ after: { RouteTableId } }) => [
      ['ec2', 'ReplaceRouteTableAssociation', { RouteTableId }],
    ],
  },
  'AWS::EC2::Route': {
    update: ({ after: { RouteTableId } }) => [['ec2', 'ReplaceRoute', { RouteTableId }]],
  },
  'AWS::EC2::FlowLog': {
    update: (change) => tagsOf(change),
    delete: ({ physicalId }) => [['ec2', 'DeleteFlowLogs', { FlowLogIds: [physicalId] }]],
  },
  'AWS::EC2::NetworkInterface': {
    update: (change) => {
      const Groups = change.changed.has('GroupSet') ? change.after.GroupSet : undefined;
      const members = { NetworkInterfaceId: change.physicalId, Groups };
      const modify = ['ec2', 'ModifyNetworkInterfaceAttribute', members] as const;
      return [...whenOthersChanged(change, ['Tags'], modify), ...tagsOf(change)];
    },
    delete: ({ physicalId: NetworkInterfaceId }) => [
      ['ec2', 'DeleteNetworkInterface', { NetworkInterfaceId }],
    ],
  },
  'AWS::EC2::EIPAssociation': {
    delete: ({ properties: { AllocationId } }) => [
      ['ec2', 'DisassociateAddress', { AllocationId }],
    ],
  },
  'AWS::EC2::SecurityGroup': {
    update: (change) => {
      const { physicalId, before, after } = change;
      return [
        ...ruleCalls(physicalId, 'Ingress', before, after),
        ...ruleCalls(physicalId, 'Egress', before, after),
        ...tagsOf(change),
      ];
    },
  },
  // Another template is another version of it.
  'AWS::EC2::LaunchTemplate': {
    update: ({ physicalId: LaunchTemplateId }) => [
      ['ec2', 'CreateLaunchTemplateVersion', { LaunchTemplateId }],
    ],
    delete: ({ physicalId: LaunchTemplateId }) => [
      ['ec2', 'DeleteLaunchTemplate', { LaunchTemplateId }],
    ],
  },
  'AWS::EC2::SecurityGroupIngress': rule('Ingress'),
  'AWS::EC2::SecurityGroupEgress': rule('Egress'),
};
