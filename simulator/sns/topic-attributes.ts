import { AwsError } from '../core/aws-error.ts';
import { hasSoundStatements } from '../iam/resource-policy-texts.ts';
import type { Topic } from './topic.ts';

/** Kept and given back; of these only Policy and DisplayName have an effect here. */
const settable = new Set([
  'DeliveryPolicy',
  'DisplayName',
  'KmsMasterKeyId',
  'Policy',
  'SignatureVersion',
  'TracingConfig',
  ...['Application', 'Firehose', 'HTTP', 'Lambda', 'SQS'].flatMap((protocol) => [
    `${protocol}FailureFeedbackRoleArn`,
    `${protocol}SuccessFeedbackRoleArn`,
    `${protocol}SuccessFeedbackSampleRate`,
  ]),
]);
const documents = new Set(['DeliveryPolicy', 'Policy']);

/** Attributes of FIFO topics, in the value that a standard topic has. */
const fifoOff: Readonly<Record<string, string>> = {
  FifoTopic: 'false',
  ContentBasedDeduplication: 'false',
};

/** Throws AwsError InvalidParameterException. */
export function checkTopicAttribute(name: string, value: string): void {
  if (fifoOff[name] === value) return;
  if (!settable.has(name)) {
    const reason = name in fifoOff ? 'FIFO topics are not simulated' : `${name} is not simulated`;
    throw new AwsError(
      'InvalidParameterException',
      `Invalid parameter: Attributes Reason: ${reason}`,
    );
  }
  if (name === 'DisplayName' && value.length > 100) {
    throw new AwsError('InvalidParameterException', 'Invalid parameter: DisplayName');
  }
  const sound = isObject(value) && (name !== 'Policy' || hasSoundStatements(value));
  if (documents.has(name) && value !== '' && !sound) {
    throw new AwsError(
      'InvalidParameterException',
      `Invalid parameter: ${name} Error: failed to parse policy`,
    );
  }
}

/** What is set on a topic: empty values are the defaults again. */
export function withAttribute(
  attributes: Readonly<Record<string, string>>,
  name: string,
  value: string,
): Readonly<Record<string, string>> {
  checkTopicAttribute(name, value);
  const { [name]: _before, ...others } = attributes;
  return value === '' || name in fifoOff ? others : { ...others, [name]: value };
}

/** As GetTopicAttributes shows a topic, defaults included. */
export function describeTopic(topic: Topic, accountId: string): Record<string, string> {
  const confirmed = topic.subscriptions.filter((one) => one.confirmed).length;
  return {
    TopicArn: topic.arn,
    Owner: accountId,
    DisplayName: '',
    Policy: defaultPolicy(topic.arn, accountId),
    EffectiveDeliveryPolicy: topic.attributes.DeliveryPolicy ?? defaultDeliveryPolicy,
    SubscriptionsConfirmed: `${confirmed}`,
    SubscriptionsPending: `${topic.subscriptions.length - confirmed}`,
    SubscriptionsDeleted: '0',
    ...topic.attributes,
  };
}

/** What every topic has until another policy is set (SNS guide, "Default Amazon SNS access policy"). */
export function defaultPolicy(topicArn: string, accountId: string): string {
  const actions = [
    'GetTopicAttributes',
    'SetTopicAttributes',
    'AddPermission',
    'RemovePermission',
    'DeleteTopic',
    'Subscribe',
    'ListSubscriptionsByTopic',
    'Publish',
  ];
  return JSON.stringify({
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: actions.map((action) => `SNS:${action}`),
        Resource: topicArn,
        Condition: { StringEquals: { 'AWS:SourceOwner': accountId } },
      },
    ],
  });
}

/** SNS guide, "Amazon SNS message delivery retries": three retries, 20 seconds apart. */
export const defaultDeliveryPolicy = JSON.stringify({
  http: {
    defaultHealthyRetryPolicy: {
      minDelayTarget: 20,
      maxDelayTarget: 20,
      numRetries: 3,
      numMaxDelayRetries: 0,
      numNoDelayRetries: 0,
      numMinDelayRetries: 0,
      backoffFunction: 'linear',
    },
    disableSubscriptionOverrides: false,
    defaultRequestPolicy: { headerContentType: 'text/plain; charset=UTF-8' },
  },
});

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
