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
} from '../wire/authorization.ts';

/** Actions on Amazon SNS: its page in the Service Authorization Reference. */
export function snsAuthorization(
  { region, accountId }: Identity,
  policyOf: (topicArn: string) => string | undefined,
): ServiceAuthorization {
  const onTopic = (topicArn: string) => ({
    resource: topicArn,
    resourcePolicy: policyOf(topicArn),
  });
  const byTopic = (input: RequestMembers) => onTopic(text(input.TopicArn ?? input.TargetArn));
  // A subscription's ARN is its topic's with an id behind it; the topic is the resource.
  const bySubscription = (input: RequestMembers) =>
    onTopic(text(input.SubscriptionArn).split(':').slice(0, 6).join(':'));
  return {
    prefix: 'sns',
    operations: {
      // Denials name every topic of the Region (nccgroup/Scout2 #129).
      ...sameNeeds(
        () => ({ resource: `arn:aws:sns:${region}:${accountId}:*` }),
        'ListTopics',
        'ListSubscriptions',
      ),
      ...anyResource('Unsubscribe'),
      ...sameNeeds(
        byTopic,
        'AddPermission',
        'ConfirmSubscription',
        'DeleteTopic',
        'GetDataProtectionPolicy',
        'GetTopicAttributes',
        'ListSubscriptionsByTopic',
        'Publish',
        'RemovePermission',
        'SetTopicAttributes',
      ),
      PublishBatch: (input) => ({ action: 'sns:Publish', ...byTopic(input) }),
      Subscribe: (input) => ({
        ...byTopic(input),
        keys: {
          'sns:Protocol': text(input.Protocol) || undefined,
          'sns:Endpoint': text(input.Endpoint) || undefined,
        },
      }),
      ...sameNeeds(bySubscription, 'GetSubscriptionAttributes', 'SetSubscriptionAttributes'),
      CreateTopic: (input) => {
        const topicArn = `arn:aws:sns:${region}:${accountId}:${text(input.Name)}`;
        return [
          { ...onTopic(topicArn), keys: requestTagKeys(input.Tags) },
          ...tagging('sns:TagResource', topicArn, input.Tags),
        ];
      },
      ListTagsForResource: (input) => onTopic(text(input.ResourceArn)),
      TagResource: (input) => ({
        ...onTopic(text(input.ResourceArn)),
        keys: requestTagKeys(input.Tags),
      }),
      UntagResource: (input) => ({
        ...onTopic(text(input.ResourceArn)),
        keys: tagKeys(input.TagKeys),
      }),
    },
  };
}
