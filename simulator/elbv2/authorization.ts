import type { Identity } from '../core/arns.ts';
import {
  anyResource,
  type RequestMembers,
  requestTagKeys,
  type ServiceAuthorization,
  sameNeeds,
  tagKeys,
  text,
  texts,
} from '../wire/authorization.ts';

/** Actions on Elastic Load Balancing v2: Describe has no resource types, all else names ARNs (aws-facts 7.1). */
export function elbv2Authorization({ region, accountId }: Identity): ServiceAuthorization {
  const arn = (rest: string) => `arn:aws:elasticloadbalancing:${region}:${accountId}:${rest}`;
  const balancerKind = (type: unknown) => ({ network: 'net', gateway: 'gwy' })[text(type)] ?? 'app';
  const by = (field: string) => (input: RequestMembers) => ({
    resource: text(input[field]),
    keys: requestTagKeys(input.Tags),
  });
  return {
    prefix: 'elasticloadbalancing',
    operations: {
      ...anyResource(
        'DescribeAccountLimits',
        'DescribeCapacityReservation',
        'DescribeListenerAttributes',
        'DescribeListenerCertificates',
        'DescribeListeners',
        'DescribeLoadBalancerAttributes',
        'DescribeLoadBalancers',
        'DescribeRules',
        'DescribeSSLPolicies',
        'DescribeTags',
        'DescribeTargetGroupAttributes',
        'DescribeTargetGroups',
        'DescribeTargetHealth',
      ),
      CreateLoadBalancer: (input) => ({
        resource: arn(`loadbalancer/${balancerKind(input.Type)}/${text(input.Name)}/*`),
        keys: {
          ...requestTagKeys(input.Tags),
          'elasticloadbalancing:Scheme': text(input.Scheme) || 'internet-facing',
          'elasticloadbalancing:Subnet': texts(input.Subnets),
        },
      }),
      CreateTargetGroup: (input) => ({
        resource: arn(`targetgroup/${text(input.Name)}/*`),
        keys: requestTagKeys(input.Tags),
      }),
      ...sameNeeds(
        by('LoadBalancerArn'),
        'CreateListener',
        'DeleteLoadBalancer',
        'ModifyLoadBalancerAttributes',
        'ModifyCapacityReservation',
        'SetIpAddressType',
        'SetSecurityGroups',
        'SetSubnets',
      ),
      ...sameNeeds(
        by('ListenerArn'),
        'AddListenerCertificates',
        'CreateRule',
        'DeleteListener',
        'ModifyListener',
        'ModifyListenerAttributes',
        'RemoveListenerCertificates',
      ),
      ...sameNeeds(by('RuleArn'), 'DeleteRule', 'ModifyRule'),
      SetRulePriorities: (input) =>
        (Array.isArray(input.RulePriorities) ? input.RulePriorities : []).map((one: unknown) => ({
          resource: text((one as Record<string, unknown>).RuleArn),
        })),
      ...sameNeeds(
        by('TargetGroupArn'),
        'DeleteTargetGroup',
        'DeregisterTargets',
        'ModifyTargetGroup',
        'ModifyTargetGroupAttributes',
        'RegisterTargets',
      ),
      AddTags: (input) =>
        texts(input.ResourceArns).map((resource) => ({
          resource,
          keys: requestTagKeys(input.Tags),
        })),
      RemoveTags: (input) =>
        texts(input.ResourceArns).map((resource) => ({ resource, keys: tagKeys(input.TagKeys) })),
    },
  };
}
