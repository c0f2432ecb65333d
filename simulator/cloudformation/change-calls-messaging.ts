import { member, text, texts } from '../wire/authorization.ts';
import { type ChangeCall, type ChangeCalls, whenChanged, without } from './change-call.ts';

const union = (...lists: readonly unknown[]) => [...new Set(lists.flatMap(texts))];
const topicPolicies = (...topics: readonly unknown[]) =>
  union(...topics).map((TopicArn): ChangeCall => ['sns', 'SetTopicAttributes', { TopicArn }]);
const queuePolicies = (...queues: readonly unknown[]) =>
  union(...queues).map((QueueUrl): ChangeCall => ['sqs', 'SetQueueAttributes', { QueueUrl }]);

/** Topics, subscriptions, and the policies of topics and queues. A policy is an attribute: its end sets that as well. */
export const messagingCalls: Readonly<Record<string, ChangeCalls>> = {
  'AWS::SNS::Topic': {
    update: (change) => {
      const { physicalId: TopicArn, before, after } = change;
      const gone = without(before.Subscription, after.Subscription);
      const come = without(after.Subscription, before.Subscription);
      return [
        ...whenChanged(change, ['DisplayName'], ['sns', 'SetTopicAttributes', { TopicArn }]),
        ...gone.map((): ChangeCall => ['sns', 'Unsubscribe', {}]),
        ...come.map((one): ChangeCall => {
          const Protocol = text(member(one, 'Protocol'));
          return ['sns', 'Subscribe', { TopicArn, Protocol, Endpoint: member(one, 'Endpoint') }];
        }),
      ];
    },
    delete: ({ physicalId: TopicArn }) => [['sns', 'DeleteTopic', { TopicArn }]],
  },
  'AWS::SNS::TopicPolicy': {
    update: ({ before, after }) => topicPolicies(before.Topics, after.Topics),
    delete: ({ properties }) => topicPolicies(properties.Topics),
  },
  'AWS::SNS::Subscription': {
    update: ({ physicalId: SubscriptionArn }) => [
      ['sns', 'SetSubscriptionAttributes', { SubscriptionArn }],
    ],
    delete: ({ physicalId: SubscriptionArn }) => [['sns', 'Unsubscribe', { SubscriptionArn }]],
  },
  'AWS::SQS::QueuePolicy': {
    update: ({ before, after }) => queuePolicies(before.Queues, after.Queues),
    delete: ({ properties }) => queuePolicies(properties.Queues),
  },
};
