import type { Identity } from '../core/arns.ts';
import {
  anyResource,
  list,
  member,
  passRole,
  type RequestMembers,
  requestTagKeys,
  type ServiceAuthorization,
  sameNeeds,
  tagging,
  tagKeys,
  text,
} from '../wire/authorization.ts';

const service = 'events.amazonaws.com';

/** Actions on EventBridge: rules of the default bus have no bus in their ARN. */
export function eventsAuthorization({ region, accountId }: Identity): ServiceAuthorization {
  const arn = (rest: string) => `arn:aws:events:${region}:${accountId}:${rest}`;
  const busName = (name: unknown) => (text(name) || 'default').replace(/^.*event-bus\//, '');
  const bus = (name: unknown) => arn(`event-bus/${busName(name)}`);
  const rule = (name: unknown, of: unknown) =>
    arn(busName(of) === 'default' ? `rule/${text(name)}` : `rule/${busName(of)}/${text(name)}`);
  const ofRule = (input: RequestMembers) => ({
    resource: rule(input.Name ?? input.Rule, input.EventBusName),
  });
  return {
    prefix: 'events',
    operations: {
      ...anyResource('ListEventBuses', 'ListRules', 'ListRuleNamesByTarget', 'TestEventPattern'),
      ...sameNeeds(
        ofRule,
        'DeleteRule',
        'DescribeRule',
        'DisableRule',
        'EnableRule',
        'ListTargetsByRule',
        'RemoveTargets',
      ),
      PutRule: (input) => [
        {
          ...ofRule(input),
          keys: {
            ...requestTagKeys(input.Tags),
            'events:source': sourcesOf(text(input.EventPattern)),
          },
        },
        ...passRole([input.RoleArn], service),
        ...tagging('events:TagResource', ofRule(input).resource, input.Tags),
      ],
      PutTargets: (input) => [
        {
          ...ofRule(input),
          keys: { 'events:TargetArn': list(input.Targets).map((one) => text(member(one, 'Arn'))) },
        },
        ...passRole(
          list(input.Targets).map((one) => member(one, 'RoleArn')),
          service,
        ),
      ],
      PutEvents: (input) =>
        list(input.Entries).map((entry) => ({
          resource: bus(member(entry, 'EventBusName')),
          keys: {
            'events:source': text(member(entry, 'Source')) || undefined,
            'events:detail-type': text(member(entry, 'DetailType')) || undefined,
          },
        })),
      CreateEventBus: (input) => [
        { resource: bus(input.Name), keys: requestTagKeys(input.Tags) },
        ...tagging('events:TagResource', bus(input.Name), input.Tags),
      ],
      ...sameNeeds(
        (input) => ({ resource: bus(input.Name ?? input.EventBusName) }),
        'DeleteEventBus',
        'DescribeEventBus',
        'PutPermission',
        'RemovePermission',
        'UpdateEventBus',
      ),
      ListTagsForResource: (input) => ({ resource: text(input.ResourceARN) }),
      TagResource: (input) => ({
        resource: text(input.ResourceARN),
        keys: requestTagKeys(input.Tags),
      }),
      UntagResource: (input) => ({
        resource: text(input.ResourceARN),
        keys: tagKeys(input.TagKeys),
      }),
    },
  };
}

/** Sources that a pattern names as plain texts; a pattern that is not JSON is refused later. */
function sourcesOf(pattern: string): string[] {
  try {
    return list(member(JSON.parse(pattern), 'source'))
      .map(text)
      .filter(Boolean);
  } catch {
    return [];
  }
}
