import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { confirmationDocument, type Envelope, renderEnvelope } from './envelope.ts';
import { postMessage } from './post-message.ts';
import { deadLetterArn } from './subscription-attributes.ts';
import type { Notification, Subscription } from './topic.ts';

const service = 'sns.amazonaws.com';

/** Hands notifications to the endpoints of subscriptions; what cannot be delivered goes to the redrive queue. */
export class Deliveries {
  readonly #world: World;
  readonly #stopping = new AbortController();

  constructor(world: World) {
    this.#world = world;
  }

  stop(): void {
    this.#stopping.abort(new Error('The simulator is stopping'));
  }

  /** Publishing succeeds whatever becomes of this: deliveries happen after the answer on AWS. */
  deliver(subscription: Subscription, notification: Notification, messageId: string): void {
    const { protocol, endpoint } = subscription;
    switch (protocol) {
      case 'sqs':
        this.#toQueue(subscription, notification, messageId);
        break;
      case 'lambda':
        this.#background(this.#toFunction(subscription, notification, messageId));
        break;
      case 'http':
      case 'https':
        this.#background(this.#toAddress(subscription, notification, messageId));
        break;
      default:
        this.#world.journal.record('notification.sent', {
          protocol,
          endpoint,
          message: textFor(subscription, notification),
        });
    }
  }

  /** Asks an HTTP endpoint to confirm; it answers by visiting SubscribeURL or calling ConfirmSubscription. */
  askToConfirm(subscription: Subscription): void {
    const messageId = this.#world.ids.uuid();
    const body = confirmationDocument(subscription, this.#facts(messageId));
    const headers = {
      'x-amz-sns-message-type': 'SubscriptionConfirmation',
      'x-amz-sns-message-id': messageId,
      'x-amz-sns-topic-arn': subscription.topicArn,
    };
    this.#background(this.#post(subscription, body, headers));
  }

  #toQueue(subscription: Subscription, notification: Notification, messageId: string): void {
    const raw = subscription.rawMessageDelivery;
    const body = raw
      ? textFor(subscription, notification)
      : this.#envelope(subscription, notification, messageId);
    const sender = { principal: service, sourceArn: subscription.topicArn };
    const attributes = raw ? (notification.attributes ?? {}) : {};
    try {
      this.#world.services.sqs.send(subscription.endpoint, body, attributes, sender);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      this.#fail(subscription, body, error.message);
    }
  }

  async #toAddress(
    subscription: Subscription,
    notification: Notification,
    messageId: string,
  ): Promise<void> {
    const raw = subscription.rawMessageDelivery;
    const body = raw
      ? textFor(subscription, notification)
      : this.#envelope(subscription, notification, messageId);
    const headers = {
      'x-amz-sns-message-type': 'Notification',
      'x-amz-sns-message-id': messageId,
      'x-amz-sns-topic-arn': subscription.topicArn,
      'x-amz-sns-subscription-arn': subscription.arn,
      ...(raw && { 'x-amz-sns-rawdelivery': 'true' }),
    };
    const failure = await this.#post(subscription, body, headers);
    if (failure !== undefined) this.#fail(subscription, body, failure);
  }

  async #toFunction(
    subscription: Subscription,
    notification: Notification,
    messageId: string,
  ): Promise<void> {
    const envelope = this.#envelope(subscription, notification, messageId);
    const { UnsubscribeURL, SigningCertURL, ...sns } = JSON.parse(envelope);
    const record = {
      EventSource: 'aws:sns',
      EventVersion: '1.0',
      EventSubscriptionArn: subscription.arn,
      // The envelope of functions spells these two their own way (Lambda guide, "Using Lambda with Amazon SNS").
      Sns: {
        Subject: null,
        MessageAttributes: {},
        ...sns,
        SigningCertUrl: SigningCertURL,
        UnsubscribeUrl: UnsubscribeURL,
      },
    };
    try {
      await this.#world.services.lambda.invoke({
        functionName: subscription.endpoint,
        payload: { Records: [record] },
        type: 'Event',
        invoker: { principal: service, sourceArn: subscription.topicArn },
      });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      this.#fail(subscription, envelope, error.message);
    }
  }

  async #post(
    { endpoint }: Subscription,
    body: string,
    headers: Readonly<Record<string, string>>,
  ): Promise<string | undefined> {
    const { clock, settings } = this.#world;
    const { signal } = this.#stopping;
    for (let attempt = 0; ; attempt++) {
      const failure = await clock.during('SNS delivery', () =>
        postMessage(this.#world, endpoint, body, headers),
      );
      if (failure === undefined || attempt >= settings.httpDeliveryRetries) return failure;
      await clock.sleep(settings.httpRetryDelayMs, { signal });
    }
  }

  #fail(subscription: Subscription, body: string, reason: string): void {
    const { endpoint, topicArn, attributes } = subscription;
    this.#world.journal.record('notification.failed', { topicArn, endpoint, reason });
    const queueArn = deadLetterArn(attributes);
    if (queueArn === undefined) return;
    try {
      const sender = { principal: service, sourceArn: topicArn };
      this.#world.services.sqs.send(queueArn, body, {}, sender);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
    }
  }

  #background(work: Promise<unknown>): void {
    work.catch((error) => {
      if (!this.#stopping.signal.aborted) throw error;
    });
  }

  #envelope(subscription: Subscription, notification: Notification, messageId: string): string {
    return renderEnvelope(subscription, notification, this.#facts(messageId));
  }

  #facts(messageId: string): Envelope {
    return { messageId, publishedMs: this.#world.clock.now(), endpoint: this.#world.endpoint() };
  }
}

function textFor({ protocol }: Subscription, { byProtocol, message }: Notification): string {
  return byProtocol?.[protocol] ?? message;
}
