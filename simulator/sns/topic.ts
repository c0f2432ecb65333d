import type { MessageFilter } from './filter-policy.ts';

/** Those that are modelled; nobody reads e-mail or text messages here: they are journalled. */
export const subscriptionProtocols = [
  'sqs',
  'lambda',
  'http',
  'https',
  'email',
  'email-json',
  'sms',
] as const;
export type SubscriptionProtocol = (typeof subscriptionProtocols)[number];

/** A subscription; those by e-mail stay pending, since nobody confirms them here. */
export interface Subscription {
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: SubscriptionProtocol;
  readonly endpoint: string;
  confirmed: boolean;
  /** Settable attributes as they were given: `FilterPolicy`, `RawMessageDelivery`, `RedrivePolicy` … */
  attributes: Readonly<Record<string, string>>;
  /** What ConfirmSubscription has to say. */
  readonly token: string;
  readonly rawMessageDelivery: boolean;
  readonly filter: MessageFilter | undefined;
}

export interface Topic {
  readonly arn: string;
  readonly name: string;
  /** Those that were set: `DisplayName`, `Policy` … */
  attributes: Readonly<Record<string, string>>;
  readonly subscriptions: Subscription[];
  readonly tags: Map<string, string>;
}

/** A message attribute as the API carries it. */
export interface NotificationAttribute {
  readonly DataType: string | undefined;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: Uint8Array | undefined;
}

export interface Notification {
  readonly subject?: string | undefined;
  readonly message: string;
  /** Texts for single protocols, from `MessageStructure: json`. */
  readonly byProtocol?: Readonly<Record<string, string>> | undefined;
  readonly attributes?: Readonly<Record<string, NotificationAttribute>> | undefined;
}
