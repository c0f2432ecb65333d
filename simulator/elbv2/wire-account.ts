import type {
  DescribeAccountLimitsCommandInput,
  DescribeAccountLimitsCommandOutput,
  DescribeSSLPoliciesCommandInput,
  DescribeSSLPoliciesCommandOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { operation, type WireService } from '../wire/operation.ts';
import { notSimulated } from './actions.ts';
import { limits } from './limits.ts';
import { page } from './paging.ts';
import { describeSslPolicy, sslPolicyNames } from './ssl-policies.ts';

/** What is the same for every load balancer: quotas and security policies. */
export function accountOperations(): WireService['operations'] {
  return {
    DescribeAccountLimits: operation<
      DescribeAccountLimitsCommandInput,
      DescribeAccountLimitsCommandOutput
    >(['Marker', 'PageSize'], (input) => {
      const all = Object.entries(limits).map(([Name, Max]) => ({ Name, Max: String(Max) }));
      const { items, ...next } = page(all, input);
      return { Limits: items, ...next };
    }),
    DescribeSSLPolicies: operation<
      DescribeSSLPoliciesCommandInput,
      DescribeSSLPoliciesCommandOutput
    >(['Names', 'Marker', 'PageSize', 'LoadBalancerType'], (input) => {
      const type = input.LoadBalancerType ?? 'application';
      if (type !== 'application') throw notSimulated(`load balancer type ${type}`);
      const names = input.Names?.length ? input.Names : sslPolicyNames();
      const { items, ...next } = page(names.map(describeSslPolicy), input);
      return { SslPolicies: items, ...next };
    }),
  };
}
