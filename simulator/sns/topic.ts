export type SubscriptionProtocol = 'sqs' | 'email' | 'email-json';

/** A subscription; those by email stay pending, since nobody confirms them here. */
export interface Subscription {
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: SubscriptionProtocol;
  readonly endpoint: string;
  readonly confirmed: boolean;
  readonly rawMessageDelivery: boolean;
}

export interface Topic {
  readonly arn: string;
  readonly name: string;
  /** Settable attributes: `DisplayName`, `Policy`. */
  attributes: Readonly<Record<string, string>>;
  readonly subscriptions: Subscription[];
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
