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
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
  PutRuleCommandInput,
  PutRuleCommandOutput,
  Rule as RuleShape,
} from '@aws-sdk/client-eventbridge';
import { operation, type WireService } from '../wire/operation.ts';
import type { EventsModel } from './model.ts';
import { page } from './page.ts';
import type { Rule } from './rule.ts';

export function ruleOperations(model: EventsModel): WireService['operations'] {
  const { rules } = model;
  const setState = (name: string | undefined, bus: string | undefined, enabled: boolean) => {
    model.requireDefaultBus(bus);
    const rule = rules.get(name);
    rule.redefine({ ...rule.definition, enabled });
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
        model.requireDefaultBus(EventBusName);
        const rule = rules.put({
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
        model.requireDefaultBus(EventBusName);
        return ruleShape(rules.get(Name));
      },
    ),

    ListRules: operation<ListRulesCommandInput, ListRulesCommandOutput>(
      ['NamePrefix', 'EventBusName', 'NextToken', 'Limit'],
      ({ NamePrefix = '', EventBusName, NextToken, Limit }) => {
        model.requireDefaultBus(EventBusName);
        const named = rules
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
        model.requireDefaultBus(EventBusName);
        const names = rules
          .all()
          .filter((rule) => [...rule.targets.values()].some((target) => target.arn === TargetArn))
          .map(({ definition }) => definition.name);
        const { items, next } = page(names, NextToken, Limit);
        return { RuleNames: items, ...next };
      },
    ),

    ListTagsForResource: operation<
      ListTagsForResourceCommandInput,
      ListTagsForResourceCommandOutput
    >(['ResourceARN'], ({ ResourceARN }) => ({
      Tags: [...rules.byArn(ResourceARN).definition.tags],
    })),

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
        model.requireDefaultBus(EventBusName);
        rules.delete(Name);
        return {};
      },
    ),
  };
}

function ruleShape({ definition }: Rule): RuleShape {
  return {
    Name: definition.name,
    Arn: definition.arn,
    EventPattern: definition.eventPattern,
    State: definition.enabled ? 'ENABLED' : 'DISABLED',
    ...(definition.description === undefined ? {} : { Description: definition.description }),
    ...(definition.roleArn === undefined ? {} : { RoleArn: definition.roleArn }),
    EventBusName: 'default',
  };
}
