import type {
  DeleteRuleCommandInput,
  DeleteRuleCommandOutput,
  DescribeRuleCommandInput,
  DescribeRuleCommandOutput,
  DisableRuleCommandInput,
  DisableRuleCommandOutput,
  EnableRuleCommandInput,
  EnableRuleCommandOutput,
  ListRuleNamesByTargetCommandInput,
  ListRuleNamesByTargetCommandOutput,
  ListRulesCommandInput,
  ListRulesCommandOutput,
  PutRuleCommandInput,
  PutRuleCommandOutput,
  Rule as RuleShape,
  RuleState,
} from '@aws-sdk/client-eventbridge';
import { operation, type WireService } from '../wire/operation.ts';
import type { EventsModel } from './model.ts';
import { page } from './page.ts';
import type { Rule } from './rule.ts';

export function ruleOperations(model: EventsModel): WireService['operations'] {
  const rulesOf = (bus: string | undefined) => model.buses.get(bus).rules;
  const setState = (name: string | undefined, bus: string | undefined, enabled: boolean) => {
    const rules = rulesOf(bus);
    const rule = rules.get(name);
    const state = enabled ? 'ENABLED' : 'DISABLED';
    rules.redefine(rule, { ...rule.definition, state, enabled });
    return {};
  };
  return {
    PutRule: operation<PutRuleCommandInput, PutRuleCommandOutput>(
      [
        'Name',
        'EventPattern',
        'ScheduleExpression',
        'State',
        'Description',
        'RoleArn',
        'EventBusName',
        'Tags',
      ],
      ({
        Name = '',
        EventPattern,
        ScheduleExpression,
        State,
        Description,
        RoleArn,
        EventBusName,
        Tags,
      }) => {
        const rule = rulesOf(EventBusName).put({
          name: Name,
          // Terraform sends empty strings for what is unset.
          eventPattern: EventPattern || undefined,
          scheduleExpression: ScheduleExpression || undefined,
          description: Description,
          roleArn: RoleArn,
          state: State,
          tags: Tags,
        });
        return { RuleArn: rule.definition.arn };
      },
    ),

    DescribeRule: operation<DescribeRuleCommandInput, DescribeRuleCommandOutput>(
      ['Name', 'EventBusName'],
      ({ Name, EventBusName }) => {
        const shape = ruleShape(rulesOf(EventBusName).get(Name));
        return { ...shape, CreatedBy: shape.Arn?.split(':')[4] };
      },
    ),

    ListRules: operation<ListRulesCommandInput, ListRulesCommandOutput>(
      ['NamePrefix', 'EventBusName', 'NextToken', 'Limit'],
      ({ NamePrefix = '', EventBusName, NextToken, Limit }) => {
        const named = rulesOf(EventBusName)
          .all()
          .filter(({ definition }) => definition.name.startsWith(NamePrefix));
        const { items, next } = page(named, NextToken, Limit);
        return { Rules: items.map(ruleShape), ...next };
      },
    ),

    ListRuleNamesByTarget: operation<
      ListRuleNamesByTargetCommandInput,
      ListRuleNamesByTargetCommandOutput
    >(
      ['TargetArn', 'EventBusName', 'NextToken', 'Limit'],
      ({ TargetArn, EventBusName, NextToken, Limit }) => {
        const names = rulesOf(EventBusName)
          .all()
          .filter((rule) => [...rule.targets.values()].some((target) => target.arn === TargetArn))
          .map(({ definition }) => definition.name);
        const { items, next } = page(names, NextToken, Limit);
        return { RuleNames: items, ...next };
      },
    ),

    EnableRule: operation<EnableRuleCommandInput, EnableRuleCommandOutput>(
      ['Name', 'EventBusName'],
      ({ Name, EventBusName }) => setState(Name, EventBusName, true),
    ),

    DisableRule: operation<DisableRuleCommandInput, DisableRuleCommandOutput>(
      ['Name', 'EventBusName'],
      ({ Name, EventBusName }) => setState(Name, EventBusName, false),
    ),

    DeleteRule: operation<DeleteRuleCommandInput, DeleteRuleCommandOutput>(
      ['Name', 'EventBusName', 'Force'],
      ({ Name, EventBusName }) => {
        rulesOf(EventBusName).delete(Name);
        return {};
      },
    ),
  };
}

function ruleShape({ definition }: Rule): RuleShape {
  return {
    Name: definition.name,
    Arn: definition.arn,
    ...(definition.eventPattern === undefined ? {} : { EventPattern: definition.eventPattern }),
    ...(definition.scheduleExpression === undefined
      ? {}
      : { ScheduleExpression: definition.scheduleExpression }),
    State: definition.state as RuleState,
    ...(definition.description === undefined ? {} : { Description: definition.description }),
    ...(definition.roleArn === undefined ? {} : { RoleArn: definition.roleArn }),
    EventBusName: definition.busName,
  };
}
