import { AwsError } from '../core/aws-error.ts';
import { compileFilterPolicy, type MessageFilter } from './filter-policy.ts';
import type { Subscription, SubscriptionProtocol, Topic } from './topic.ts';
import { defaultDeliveryPolicy } from './topic-attributes.ts';

type Attributes = Readonly<Record<string, string>>;

const settable = [
  'DeliveryPolicy',
  'FilterPolicy',
  'FilterPolicyScope',
  'RawMessageDelivery',
  'RedrivePolicy',
];

export interface ReadAttributes {
  readonly attributes: Attributes;
  readonly rawMessageDelivery: boolean;
  readonly filter: MessageFilter | undefined;
}

/** Checks what a client set; empty values take an attribute away. Throws AwsError InvalidParameterException. */
export function readSubscriptionAttributes(
  protocol: SubscriptionProtocol,
  given: Attributes,
): ReadAttributes {
  for (const name of Object.keys(given)) {
    if (settable.includes(name)) continue;
    throw invalid(`Attributes Reason: ${name} is not simulated`);
  }
  const attributes = Object.fromEntries(
    Object.entries(given).filter(
      ([name, value]) => value !== '' && !(name === 'FilterPolicy' && value === '{}'),
    ),
  );
  const raw = (attributes.RawMessageDelivery ?? 'false').toLowerCase();
  if (raw !== 'true' && raw !== 'false') {
    throw invalid(
      `Attributes Reason: RawMessageDelivery: Invalid value [${attributes.RawMessageDelivery}]. Must be true or false.`,
    );
  }
  if (raw === 'true' && !['sqs', 'http', 'https'].includes(protocol)) {
    throw invalid(
      `Attributes Reason: RawMessageDelivery: Delivery protocol [${protocol}] does not support raw message delivery.`,
    );
  }
  deadLetterArn(attributes);
  const { FilterPolicy, FilterPolicyScope = 'MessageAttributes' } = attributes;
  return {
    attributes,
    rawMessageDelivery: raw === 'true',
    filter: FilterPolicy ? compileFilterPolicy(FilterPolicy, FilterPolicyScope) : undefined,
  };
}

/** The queue for what cannot be delivered. */
export function deadLetterArn({ RedrivePolicy }: Attributes): string | undefined {
  if (RedrivePolicy === undefined) return undefined;
  try {
    const { deadLetterTargetArn } = JSON.parse(RedrivePolicy) as Record<string, unknown>;
    if (typeof deadLetterTargetArn === 'string' && deadLetterTargetArn.startsWith('arn:aws:sqs:')) {
      return deadLetterTargetArn;
    }
  } catch {
    // Not JSON: refused like one without a queue.
  }
  throw invalid('RedrivePolicy: deadLetterTargetArn is an invalid arn');
}

/** As GetSubscriptionAttributes shows a subscription. */
export function describeSubscription(
  one: Subscription,
  topic: Topic,
  accountId: string,
): Record<string, string> {
  const http = one.protocol === 'http' || one.protocol === 'https';
  const { FilterPolicy, FilterPolicyScope = 'MessageAttributes', ...others } = one.attributes;
  return {
    SubscriptionArn: one.arn,
    TopicArn: one.topicArn,
    Protocol: one.protocol,
    Endpoint: one.endpoint,
    Owner: accountId,
    SubscriptionPrincipal: `arn:aws:iam::${accountId}:user/rehearsal`,
    PendingConfirmation: `${!one.confirmed}`,
    ConfirmationWasAuthenticated: `${one.confirmed && !http}`,
    ...(http && {
      EffectiveDeliveryPolicy:
        others.DeliveryPolicy ?? topic.attributes.DeliveryPolicy ?? defaultDeliveryPolicy,
    }),
    ...others,
    RawMessageDelivery: `${one.rawMessageDelivery}`,
    ...(FilterPolicy !== undefined && { FilterPolicy, FilterPolicyScope }),
  };
}

export function invalid(reason: string): AwsError {
  return new AwsError('InvalidParameterException', `Invalid parameter: ${reason}`);
}
