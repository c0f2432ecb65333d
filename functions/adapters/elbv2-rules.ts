import {
  type Action,
  type ElasticLoadBalancingV2Client,
  paginateDescribeRules,
  type RuleCondition,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { ListenerRule, ListenerRules } from '../core/ports/listener-rules.ts';
import { callAws } from './aws-errors.ts';
import { forwardWeights } from './elbv2.ts';

/** Rules of ELBv2 listeners. */
export function elbv2Rules(
  client: ElasticLoadBalancingV2Client,
  signal?: AbortSignal,
): ListenerRules {
  const options = signal === undefined ? {} : { abortSignal: signal };
  return {
    async rules(listenerArn) {
      const attempt = { action: 'elasticloadbalancing:DescribeRules', resource: listenerArn };
      return callAws(attempt, async () => {
        const found: ListenerRule[] = [];
        const request = { ListenerArn: listenerArn };
        for await (const page of paginateDescribeRules({ client }, request, options)) {
          for (const { RuleArn = '', Priority = '', Conditions, Actions } of page.Rules ?? []) {
            found.push({
              arn: RuleArn,
              priority: Priority,
              conditions: JSON.stringify((Conditions ?? []).map(conditionText).toSorted()),
              actions: (Actions ?? []).map(toAction),
            });
          }
        }
        return found;
      });
    },
  };
}

/** ELB gives the values of the older conditions twice, and in the order in which they were set. */
function conditionText({ Field, Values, ...configs }: RuleCondition): string {
  return JSON.stringify({ Field, Values: Values?.toSorted(), ...configs });
}

function toAction(action: Action): ListenerRule['actions'][number] {
  const { Type = '', TargetGroupArn: _, ForwardConfig, Order: __, ...settings } = action;
  const stickiness = ForwardConfig?.TargetGroupStickinessConfig;
  return {
    type: Type,
    weights: Type === 'forward' ? forwardWeights([action]) : {},
    settings: JSON.stringify({
      ...settings,
      // Off and unsaid are the same, and whoever moves the weights may write either.
      ...(stickiness?.Enabled === true && { stickiness }),
    }),
  };
}
