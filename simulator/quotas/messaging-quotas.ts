import { byRegion, largestRegions } from './region-class.ts';
import { each, quota, type RequestQuota } from './request-quota.ts';

/**
 * EventBridge quotas: "PutEvents throttle limit in transactions per second", by Region; "Throttle limit in
 * transactions per second", one number for every other request, which is read as one bucket [assumption].
 */
function eventBridgeQuotas(region: string): readonly RequestQuota[] {
  const putEvents = byRegion(
    region,
    [
      [largestRegions, 10_000],
      [['us-east-2', 'eu-central-1', 'eu-south-2'], 2_400],
      [['us-west-1', 'ap-northeast-1', 'ap-southeast-1', 'ap-southeast-2', 'eu-west-2'], 1_200],
      [
        [
          'ap-east-1',
          'ap-northeast-2',
          'ap-south-1',
          'ca-central-1',
          'eu-north-1',
          'eu-west-3',
          'sa-east-1',
        ],
        600,
      ],
    ],
    400,
  );
  return [
    quota('eventbridge', putEvents, putEvents, ['PutEvents']),
    quota('eventbridge', 50, 50, /^(?!PutEvents$)/),
  ];
}

/** The Regions of the second row but one of SNS's tables. */
const middleSnsRegions = [
  'us-east-2',
  'us-west-1',
  'ap-south-1',
  'ap-northeast-2',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-northeast-1',
  'eu-central-1',
];

/**
 * Amazon SNS endpoints and quotas, "Publish API throttling per account": messages a second to standard topics,
 * those of Publish and PublishBatch together.
 */
export function snsMessagesPerSecond(region: string): number {
  return byRegion(
    region,
    [
      [['us-east-1'], 30_000],
      [['us-west-2', 'eu-west-1'], 9_000],
      [middleSnsRegions, 1_500],
    ],
    300,
  );
}

/** Amazon SNS endpoints and quotas: the hard quotas, the same everywhere, and "Other API throttling", by Region. */
function snsQuotas(region: string): readonly RequestQuota[] {
  const soft = byRegion(
    region,
    [
      [['us-east-1'], 3_000],
      [['us-west-2', 'eu-west-1'], 900],
      [middleSnsRegions, 150],
    ],
    30,
  );
  return [
    ...each('sns', 100, 100, ['Subscribe', 'Unsubscribe']),
    ...each('sns', 30, 30, ['ListSubscriptions', 'ListSubscriptionsByTopic', 'ListTopics']),
    ...each('sns', 10, 10, [
      'AddPermission',
      'ListTagsForResource',
      'RemovePermission',
      'TagResource',
      'UntagResource',
    ]),
    ...each('sns', soft, soft, [
      'ConfirmSubscription',
      'CreateTopic',
      'DeleteTopic',
      'GetSubscriptionAttributes',
      'GetTopicAttributes',
      'SetSubscriptionAttributes',
      'SetTopicAttributes',
    ]),
  ];
}

/**
 * Amazon SQS message quotas: calls a second of each action on a FIFO queue, a batch of ten being one call; in high
 * throughput mode the Region's figure, since the number of the queue's partitions is not known.
 */
export function fifoCallsPerSecond(region: string, highThroughput: boolean): number {
  if (!highThroughput) return 300;
  return byRegion(
    region,
    [
      [largestRegions, 70_000],
      [['us-east-2', 'eu-central-1'], 19_000],
      [['ap-south-1', 'ap-southeast-1', 'ap-southeast-2', 'ap-northeast-1'], 9_000],
      [['eu-west-2', 'sa-east-1'], 4_500],
    ],
    2_400,
  );
}

export const messagingQuotas = (region: string): readonly RequestQuota[] => [
  ...eventBridgeQuotas(region),
  ...snsQuotas(region),
];
