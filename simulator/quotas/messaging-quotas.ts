import { each, quota, type RequestQuota } from './request-quota.ts';

/**
 * EventBridge quotas: PutEvents in the largest Regions; "Throttle limit in transactions per second", one number
 * for every other request, which is read as one bucket [assumption].
 */
const eventbridge: readonly RequestQuota[] = [
  quota('eventbridge', 10_000, 10_000, ['PutEvents']),
  quota('eventbridge', 50, 50, /^(?!PutEvents$)/),
];

/**
 * Amazon SNS endpoints and quotas: the hard quotas, which are the same in every Region (API reference of Subscribe,
 * ListTopics and others: "This action is throttled at"). Publish, and what reads and sets attributes, differ by
 * Region, in thousands and hundreds a second.
 */
const sns: readonly RequestQuota[] = [
  ...each('sns', 100, 100, ['Subscribe', 'Unsubscribe']),
  ...each('sns', 30, 30, ['ListSubscriptions', 'ListSubscriptionsByTopic', 'ListTopics']),
  ...each('sns', 10, 10, [
    'AddPermission',
    'ListTagsForResource',
    'RemovePermission',
    'TagResource',
    'UntagResource',
  ]),
];

export const messagingQuotas: readonly RequestQuota[] = [...eventbridge, ...sns];
