import { each, quota, type RequestQuota } from './request-quota.ts';

/**
 * Request throttling for the Amazon EC2 API, "Request token bucket sizes and refill rates": each action has a bucket
 * of its own, of its category's size. Asked without filter and page, DescribeNetworkInterfaces and
 * DescribeSecurityGroups would have half of it.
 */
export const networkQuotas: readonly RequestQuota[] = [
  ...each('ec2', 100, 20, [
    'DescribeAccountAttributes',
    'DescribeAddresses',
    'DescribeAddressesAttribute',
    'DescribeAvailabilityZones',
    'DescribeDhcpOptions',
    'DescribeInternetGateways',
    'DescribeManagedPrefixLists',
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
  ]),
  ...each('ec2', 50, 5, [
    'AllocateAddress',
    'AssociateRouteTable',
    'AttachInternetGateway',
    'AuthorizeSecurityGroupEgress',
    'AuthorizeSecurityGroupIngress',
    'CreateInternetGateway',
    'CreateRoute',
    'CreateRouteTable',
    'CreateSecurityGroup',
    'CreateSubnet',
    'CreateVpc',
    'DeleteInternetGateway',
    'DeleteRoute',
    'DeleteRouteTable',
    'DeleteSecurityGroup',
    'DeleteSubnet',
    'DeleteVpc',
    'DetachInternetGateway',
    'DisassociateAddress',
    'DisassociateRouteTable',
    'ModifySecurityGroupRules',
    'ModifySubnetAttribute',
    'ModifyVpcAttribute',
    'ReleaseAddress',
    'ReplaceRoute',
    'ReplaceRouteTableAssociation',
    'RevokeSecurityGroupEgress',
    'RevokeSecurityGroupIngress',
    'UpdateSecurityGroupRuleDescriptionsEgress',
    'UpdateSecurityGroupRuleDescriptionsIngress',
  ]),
  ...each('ec2', 100, 10, ['CreateTags', 'DeleteTags']),
  ...each('ec2', 10, 1, ['CreateNatGateway', 'DeleteNatGateway']),
  ...each('ec2', 4, 0.3, ['CreateVpcEndpoint', 'DeleteVpcEndpoints', 'ModifyVpcEndpoint']),
];

/**
 * Request throttling for the Elastic Load Balancing API: a bucket for each category of actions. Fractions of a token
 * take several seconds to become one.
 */
export const loadBalancingQuotas: readonly RequestQuota[] = [
  quota('elastic-load-balancing-v2', 40, 10, /^Describe/),
  quota('elastic-load-balancing-v2', 10, 0.2, ['CreateLoadBalancer', 'SetSubnets']),
  quota('elastic-load-balancing-v2', 20, 4, ['RegisterTargets', 'DeregisterTargets']),
  quota(
    'elastic-load-balancing-v2',
    20,
    3,
    /^(?!Describe|RegisterTargets$|DeregisterTargets$|CreateLoadBalancer$|SetSubnets$)/,
  ),
];
