import type { Notification, Subscription } from './topic.ts';

export interface Envelope {
  readonly messageId: string;
  readonly publishedMs: number;
  readonly endpoint: string;
}

/** The JSON document in which SNS delivers a message when delivery is not raw. Nothing is signed here. */
export function renderEnvelope(
  subscription: Subscription,
  notification: Notification,
  { messageId, publishedMs, endpoint }: Envelope,
): string {
  const attributes = Object.entries(notification.attributes ?? {}).map(([name, attribute]) => [
    name,
    {
      Type: attribute.DataType,
      Value: attribute.BinaryValue
        ? Buffer.from(attribute.BinaryValue).toString('base64')
        : attribute.StringValue,
    },
  ]);
  return JSON.stringify({
    Type: 'Notification',
    MessageId: messageId,
    TopicArn: subscription.topicArn,
    ...(notification.subject === undefined ? {} : { Subject: notification.subject }),
    Message: notification.byProtocol?.[subscription.protocol] ?? notification.message,
    Timestamp: new Date(publishedMs).toISOString(),
    SignatureVersion: '1',
    Signature: 'unsigned-rehearsal',
    SigningCertURL: `${endpoint}/unsigned-rehearsal.pem`,
    UnsubscribeURL: `${endpoint}/?Action=Unsubscribe&Version=2010-03-31&SubscriptionArn=${encodeURIComponent(subscription.arn)}`,
    ...(attributes.length > 0 ? { MessageAttributes: Object.fromEntries(attributes) } : {}),
  });
}
