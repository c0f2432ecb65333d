import type {
  CreateRuleCommandInput,
  CreateRuleCommandOutput,
  DeleteRuleCommandInput,
  DeleteRuleCommandOutput,
  DescribeRulesCommandInput,
  DescribeRulesCommandOutput,
  ModifyRuleCommandInput,
  ModifyRuleCommandOutput,
  Rule as RuleShape,
  SetRulePrioritiesCommandInput,
  SetRulePrioritiesCommandOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../core/aws-error.ts';
import { operation, type WireService } from '../wire/operation.ts';
import { validationError } from './actions.ts';
import { describeDefaultRule, describeRule } from './descriptions.ts';
import type { Elbv2Model } from './model.ts';
import { page } from './paging.ts';

export function ruleOperations(model: Elbv2Model): WireService['operations'] {
  const { rules } = model;
  return {
    CreateRule: operation<CreateRuleCommandInput, CreateRuleCommandOutput>(
      ['ListenerArn', 'Conditions', 'Priority', 'Actions', 'Tags'],
      (input) => {
        const created = rules.create({
          listenerArn: input.ListenerArn ?? '',
          priority: input.Priority,
          conditions: input.Conditions,
          actions: input.Actions,
          tags: input.Tags,
        });
        return { Rules: [describeRule(created)] };
      },
    ),
    DeleteRule: operation<DeleteRuleCommandInput, DeleteRuleCommandOutput>(['RuleArn'], (input) => {
      model.deleteRule(input.RuleArn ?? '');
      return {};
    }),
    DescribeRules: operation<DescribeRulesCommandInput, DescribeRulesCommandOutput>(
      ['ListenerArn', 'RuleArns', 'Marker', 'PageSize'],
      (input) => {
        const { items, ...next } = page(select(model, input), input);
        return { Rules: items, ...next };
      },
    ),
    ModifyRule: operation<ModifyRuleCommandInput, ModifyRuleCommandOutput>(
      ['RuleArn', 'Conditions', 'Actions'],
      (input) => {
        const rule = rules.modify(input.RuleArn ?? '', {
          conditions: input.Conditions,
          actions: input.Actions,
        });
        return { Rules: [describeRule(rule)] };
      },
    ),
    SetRulePriorities: operation<SetRulePrioritiesCommandInput, SetRulePrioritiesCommandOutput>(
      ['RulePriorities'],
      (input) => {
        const changes = (input.RulePriorities ?? []).map(({ RuleArn = '', Priority = 0 }) => ({
          ruleArn: RuleArn,
          priority: Priority,
        }));
        return { Rules: rules.setPriorities(changes).map(describeRule) };
      },
    ),
  };
}

/** By priority, the default rule last. */
function select(model: Elbv2Model, input: DescribeRulesCommandInput): RuleShape[] {
  if (input.RuleArns?.length) {
    return input.RuleArns.map((arn) => {
      const found = model.rules.find(arn);
      if (!found) throw new AwsError('RuleNotFoundException', 'One or more rules not found');
      return found.rule ? describeRule(found.rule) : describeDefaultRule(found.listener);
    });
  }
  if (!input.ListenerArn) {
    throw validationError('You must specify either a listener ARN or rule ARNs');
  }
  const listener = model.listeners.get(input.ListenerArn);
  return [...listener.rules.map(describeRule), describeDefaultRule(listener)];
}
