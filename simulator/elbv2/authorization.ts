import type { Identity } from '../core/arns.ts';
import {
  anyResource,
  type RequestMembers,
  requestTagKeys,
  type ServiceAuthorization,
  sameNeeds,
  tagging,
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
  /** Told apart by what creates it ("Tag resources during creation", user guide). */
  const tagged = (operation: string, resource: string, { Tags }: RequestMembers) =>
    tagging('elasticloadbalancing:AddTags', resource, Tags, {
      'elasticloadbalancing:CreateAction': operation,
    });
  /** What a balancer or listener has below it: `…:KIND/app/NAME/ID/*`. */
  const below = (kind: string, parent: unknown) =>
    arn(`${kind}/${text(parent).split('/').slice(1).join('/')}/*`);
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
      CreateLoadBalancer: (input) => {
        const resource = arn(`loadbalancer/${balancerKind(input.Type)}/${text(input.Name)}/*`);
        const keys = {
          ...requestTagKeys(input.Tags),
          'elasticloadbalancing:Scheme': text(input.Scheme) || 'internet-facing',
          'elasticloadbalancing:Subnet': texts(input.Subnets),
        };
        return [{ resource, keys }, ...tagged('CreateLoadBalancer', resource, input)];
      },
      CreateTargetGroup: (input) => {
        const resource = arn(`targetgroup/${text(input.Name)}/*`);
        const keys = requestTagKeys(input.Tags);
        return [{ resource, keys }, ...tagged('CreateTargetGroup', resource, input)];
      },
      CreateListener: (input) => [
        by('LoadBalancerArn')(input),
        ...tagged('CreateListener', below('listener', input.LoadBalancerArn), input),
      ],
      CreateRule: (input) => [
        by('ListenerArn')(input),
        ...tagged('CreateRule', below('listener-rule', input.ListenerArn), input),
      ],
      ...sameNeeds(
        by('LoadBalancerArn'),
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
