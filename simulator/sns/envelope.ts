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

/** What an HTTP endpoint gets before anything else (SNS guide, "HTTP/HTTPS subscription confirmation JSON format"). */
export function confirmationDocument(
  { topicArn, token }: Subscription,
  { messageId, publishedMs, endpoint }: Envelope,
): string {
  const query = new URLSearchParams({
    Action: 'ConfirmSubscription',
    Version: '2010-03-31',
    TopicArn: topicArn,
    Token: token,
  });
  return JSON.stringify({
    Type: 'SubscriptionConfirmation',
    MessageId: messageId,
    Token: token,
    TopicArn: topicArn,
    Message: `You have chosen to subscribe to the topic ${topicArn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`,
    SubscribeURL: `${endpoint}/?${query}`,
    Timestamp: new Date(publishedMs).toISOString(),
    SignatureVersion: '1',
    Signature: 'unsigned-rehearsal',
    SigningCertURL: `${endpoint}/unsigned-rehearsal.pem`,
  });
}
