import type { Identity } from '../core/arns.ts';
import {
  anyResource,
  list,
  member,
  type NeededAction,
  passRole,
  type RequestMembers,
  requestTagKeys,
  type ServiceAuthorization,
  sameNeeds,
  tagging,
  text,
  texts,
} from '../wire/authorization.ts';

/** Resource type, and the member of the request that has its id or ids. */
type Named = readonly [kind: string, field: string];

/**
 * Actions on EC2's networks: Describe has no resource types, changes name what they change, creations also what
 * they use, and with tags need `ec2:CreateTags` (Service Authorization Reference, "Actions defined by Amazon EC2").
 */
export function ec2Authorization(
  { region, accountId }: Identity,
  /** What something that is there was made with. */
  propertyOf: (id: string, property: string) => string | undefined = () => undefined,
): ServiceAuthorization {
  const arn = (kind: string, id: unknown) =>
    `arn:aws:ec2:${region}:${accountId}:${kind}/${text(id) || '*'}`;
  const by = (kind: string, field: string) => (input: RequestMembers) => ({
    resource: arn(kind, input[field]),
  });
  const named = (input: RequestMembers, uses: readonly Named[]): NeededAction[] =>
    uses.flatMap(([kind, field]) =>
      [input[field]]
        .flat()
        .filter((id) => text(id) !== '')
        .map((id) => ({ resource: arn(kind, id) })),
    );
  const on =
    (kind: string, field: string, ...uses: readonly Named[]) =>
    (input: RequestMembers) => [{ resource: arn(kind, input[field]) }, ...named(input, uses)];
  const tagged = (kind: string, operation: string, input: RequestMembers): NeededAction[] => {
    const tags = list(input.TagSpecifications).flatMap((one) => list(member(one, 'Tags')));
    const resource = arn(kind, '*');
    return [
      { resource, keys: requestTagKeys(tags) },
      ...tagging('ec2:CreateTags', resource, tags, { 'ec2:CreateAction': operation }),
    ];
  };
  const creates = (operation: string, kind: string, ...uses: readonly Named[]) => ({
    [operation]: (input: RequestMembers) => {
      const [created, ...tags] = tagged(kind, operation, input);
      return [...(created ? [created] : []), ...named(input, uses), ...tags];
    },
  });
  const addsRules = (operation: string) => ({
    [operation]: (input: RequestMembers) => [
      { resource: arn('security-group', input.GroupId) },
      ...(list(input.TagSpecifications).length > 0
        ? tagged('security-group-rule', operation, input)
        : []),
    ],
  });
  const operations: ServiceAuthorization['operations'] = {
    ...anyResource(
      'DescribeAccountAttributes',
      'DescribeAddresses',
      'DescribeAddressesAttribute',
      'DescribeDhcpOptions',
      'DescribeManagedPrefixLists',
      'DescribeAvailabilityZones',
      'DescribeInternetGateways',
      'DescribeNatGateways',
      'DescribeNetworkAcls',
      'DescribeNetworkInterfaces',
      'DescribePrefixLists',
      'DescribeRegions',
      'DescribeRouteTables',
      'DescribeSecurityGroupRules',
      'DescribeSecurityGroups',
      'DescribeSubnets',
      'DescribeTags',
      'DescribeVpcAttribute',
      'DescribeVpcClassicLink',
      'DescribeVpcClassicLinkDnsSupport',
      'DescribeVpcEndpoints',
      'DescribeVpcs',
    ),
    ...sameNeeds(
      by('security-group', 'GroupId'),
      'DeleteSecurityGroup',
      'ModifySecurityGroupRules',
      'RevokeSecurityGroupEgress',
      'RevokeSecurityGroupIngress',
      'UpdateSecurityGroupRuleDescriptionsEgress',
      'UpdateSecurityGroupRuleDescriptionsIngress',
    ),
    ...addsRules('AuthorizeSecurityGroupEgress'),
    ...addsRules('AuthorizeSecurityGroupIngress'),
    ...creates('CreateVpc', 'vpc'),
    ...creates('CreateSubnet', 'subnet', ['vpc', 'VpcId']),
    ...creates('CreateSecurityGroup', 'security-group', ['vpc', 'VpcId']),
    ...creates('CreateRouteTable', 'route-table', ['vpc', 'VpcId']),
    ...creates('CreateInternetGateway', 'internet-gateway'),
    ...creates(
      'CreateVpcEndpoint',
      'vpc-endpoint',
      ['vpc', 'VpcId'],
      ['route-table', 'RouteTableIds'],
      ['subnet', 'SubnetIds'],
      ['security-group', 'SecurityGroupIds'],
    ),
    ModifyVpcEndpoint: on(
      'vpc-endpoint',
      'VpcEndpointId',
      ['route-table', 'AddRouteTableIds'],
      ['route-table', 'RemoveRouteTableIds'],
      ['subnet', 'AddSubnetIds'],
      ['subnet', 'RemoveSubnetIds'],
      ['security-group', 'AddSecurityGroupIds'],
      ['security-group', 'RemoveSecurityGroupIds'],
    ),
    DeleteVpcEndpoints: (input) =>
      texts(input.VpcEndpointIds).map((id) => ({ resource: arn('vpc-endpoint', id) })),
    CreateFlowLogs: (input) => [
      ...tagged('vpc-flow-log', 'CreateFlowLogs', input),
      ...texts(input.ResourceIds).map((id) => ({ resource: arn(kindOf(id), id) })),
      ...passRole([input.DeliverLogsPermissionArn], 'vpc-flow-logs.amazonaws.com'),
      // VPC user guide, "Publish flow logs to Amazon S3": its delivery is one of vended logs.
      ...(input.LogDestinationType === 's3'
        ? [{ action: 'logs:CreateLogDelivery', resource: '*' }]
        : []),
    ],
    DeleteFlowLogs: (input) =>
      texts(input.FlowLogIds).flatMap((id) => [
        { resource: arn('vpc-flow-log', id) },
        ...(propertyOf(id, 'LogDestinationType') === 's3'
          ? [{ action: 'logs:DeleteLogDelivery', resource: '*' }]
          : []),
      ]),
    ...creates(
      'CreateNatGateway',
      'natgateway',
      ['subnet', 'SubnetId'],
      ['elastic-ip', 'AllocationId'],
    ),
    ...creates(
      'CreateNetworkInterface',
      'network-interface',
      ['subnet', 'SubnetId'],
      ['security-group', 'Groups'],
    ),
    ...creates('CreateLaunchTemplate', 'launch-template'),
    ...sameNeeds(
      by('launch-template', 'LaunchTemplateId'),
      'CreateLaunchTemplateVersion',
      'DeleteLaunchTemplate',
      'ModifyLaunchTemplate',
    ),
    ...creates('AllocateAddress', 'elastic-ip'),
    AssociateAddress: on('elastic-ip', 'AllocationId', ['network-interface', 'NetworkInterfaceId']),
    ReleaseAddress: by('elastic-ip', 'AllocationId'),
    DisassociateAddress: ({ AllocationId, AssociationId }) => ({
      resource: arn('elastic-ip', AllocationId ?? text(AssociationId).replace('assoc-', 'alloc-')),
    }),
    ...sameNeeds(by('vpc', 'VpcId'), 'DeleteVpc', 'ModifyVpcAttribute'),
    ...sameNeeds(by('subnet', 'SubnetId'), 'DeleteSubnet', 'ModifySubnetAttribute'),
    AssociateRouteTable: on('route-table', 'RouteTableId', ['subnet', 'SubnetId']),
    ...sameNeeds(
      ({ RouteTableId, AssociationId }) => ({
        resource: arn(
          'route-table',
          RouteTableId ?? propertyOf(text(AssociationId), 'RouteTableId'),
        ),
      }),
      'DisassociateRouteTable',
      'ReplaceRouteTableAssociation',
    ),
    ...sameNeeds(
      by('route-table', 'RouteTableId'),
      'CreateRoute',
      'DeleteRoute',
      'DeleteRouteTable',
      'ReplaceRoute',
    ),
    ...sameNeeds(
      on('internet-gateway', 'InternetGatewayId', ['vpc', 'VpcId']),
      'AttachInternetGateway',
      'DetachInternetGateway',
    ),
    DeleteInternetGateway: by('internet-gateway', 'InternetGatewayId'),
    DeleteNatGateway: by('natgateway', 'NatGatewayId'),
    DeleteNetworkInterface: by('network-interface', 'NetworkInterfaceId'),
    ModifyNetworkInterfaceAttribute: on('network-interface', 'NetworkInterfaceId', [
      'security-group',
      'Groups',
    ]),
    ...sameNeeds(
      (input) =>
        texts(input.Resources).map((id) => ({
          resource: arn(kindOf(id), id),
          keys: requestTagKeys(input.Tags),
        })),
      'CreateTags',
      'DeleteTags',
    ),
  };
  return { prefix: 'ec2', operations };
}

/** Resource type of an id by its prefix. */
function kindOf(id: string): string {
  const kinds: Readonly<Record<string, string>> = {
    eipalloc: 'elastic-ip',
    eni: 'network-interface',
    fl: 'vpc-flow-log',
    igw: 'internet-gateway',
    lt: 'launch-template',
    nat: 'natgateway',
    rtb: 'route-table',
    sg: 'security-group',
    sgr: 'security-group-rule',
    subnet: 'subnet',
    vpc: 'vpc',
    vpce: 'vpc-endpoint',
  };
  return kinds[id.replace(/-.*$/, '')] ?? '*';
}
