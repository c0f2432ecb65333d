import type { Identity } from '../core/arns.ts';
import {
  anyResource,
  list,
  member,
  type RequestMembers,
  requestTagKeys,
  type ServiceAuthorization,
  sameNeeds,
  text,
  texts,
} from '../wire/authorization.ts';

/** Actions on EC2's networks: Describe has no resource types, changes name what they change. */
export function ec2Authorization({ region, accountId }: Identity): ServiceAuthorization {
  const arn = (kind: string, id: unknown) =>
    `arn:aws:ec2:${region}:${accountId}:${kind}/${text(id) || '*'}`;
  const by = (kind: string, field: string) => (input: RequestMembers) => ({
    resource: arn(kind, input[field]),
  });
  const creates = (kind: string) => (input: RequestMembers) => {
    const tags = list(input.TagSpecifications).flatMap((one) => list(member(one, 'Tags')));
    const resource = arn(kind, '*');
    const keys = requestTagKeys(tags);
    if (tags.length === 0) return [{ resource }];
    return [
      { resource, keys },
      { action: 'ec2:CreateTags', resource, keys },
    ];
  };
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
      'DescribeVpcEndpoints',
      'DescribeVpcs',
    ),
    ...sameNeeds(
      by('security-group', 'GroupId'),
      'AuthorizeSecurityGroupEgress',
      'AuthorizeSecurityGroupIngress',
      'DeleteSecurityGroup',
      'ModifySecurityGroupRules',
      'RevokeSecurityGroupEgress',
      'RevokeSecurityGroupIngress',
      'UpdateSecurityGroupRuleDescriptionsEgress',
      'UpdateSecurityGroupRuleDescriptionsIngress',
    ),
    CreateVpc: creates('vpc'),
    CreateSubnet: creates('subnet'),
    CreateSecurityGroup: creates('security-group'),
    CreateRouteTable: creates('route-table'),
    CreateInternetGateway: creates('internet-gateway'),
    CreateVpcEndpoint: creates('vpc-endpoint'),
    ModifyVpcEndpoint: by('vpc-endpoint', 'VpcEndpointId'),
    DeleteVpcEndpoints: (input) =>
      texts(input.VpcEndpointIds).map((id) => ({ resource: arn('vpc-endpoint', id) })),
    DeleteFlowLogs: (input) =>
      texts(input.FlowLogIds).map((id) => ({ resource: arn('vpc-flow-log', id) })),
    CreateNatGateway: creates('natgateway'),
    CreateNetworkInterface: creates('network-interface'),
    AllocateAddress: creates('elastic-ip'),
    ...sameNeeds(
      by('elastic-ip', 'AllocationId'),
      'AssociateAddress',
      'DisassociateAddress',
      'ReleaseAddress',
    ),
    ...sameNeeds(by('vpc', 'VpcId'), 'DeleteVpc', 'ModifyVpcAttribute'),
    ...sameNeeds(by('subnet', 'SubnetId'), 'DeleteSubnet', 'ModifySubnetAttribute'),
    ...sameNeeds(
      by('route-table', 'RouteTableId'),
      'AssociateRouteTable',
      'CreateRoute',
      'DeleteRoute',
      'DeleteRouteTable',
      'DisassociateRouteTable',
      'ReplaceRoute',
      'ReplaceRouteTableAssociation',
    ),
    ...sameNeeds(
      by('internet-gateway', 'InternetGatewayId'),
      'AttachInternetGateway',
      'DeleteInternetGateway',
      'DetachInternetGateway',
    ),
    DeleteNatGateway: by('natgateway', 'NatGatewayId'),
    ...sameNeeds(
      by('network-interface', 'NetworkInterfaceId'),
      'DeleteNetworkInterface',
      'ModifyNetworkInterfaceAttribute',
    ),
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
