import { arn } from '../core/arns.ts';
import { AwsError } from '../core/aws-error.ts';
import type { SnsService } from '../core/services.ts';
import type { World } from '../core/world.ts';
import { renderEnvelope } from './envelope.ts';
import type { Notification, Subscription, SubscriptionProtocol, Topic } from './topic.ts';

const messageLimitBytes = 262_144;
const subjectLimit = 100;

/** Standard topics; subscribed queues receive what is published. */
export class SnsModel implements SnsService {
  readonly #world: World;
  readonly #topics = new Map<string, Topic>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Creating a topic again gives the present one. */
  createTopic(name: string, attributes: Readonly<Record<string, string>> = {}): Topic {
    if (!/^[\w-]{1,256}$/.test(name)) {
      throw new AwsError('InvalidParameterException', 'Invalid parameter: Topic Name');
    }
    for (const attribute of Object.keys(attributes)) {
      if (attribute !== 'DisplayName' && attribute !== 'Policy') {
        throw new AwsError(
          'InvalidParameterException',
          `Invalid parameter: Attributes Reason: ${attribute} is not simulated`,
        );
      }
    }
    const topicArn = arn(this.#world.identity, 'sns', name);
    const present = this.#topics.get(topicArn);
    if (present) return present;
    const topic: Topic = { arn: topicArn, name, attributes, subscriptions: [] };
    this.#topics.set(topicArn, topic);
    return topic;
  }

  deleteTopic(topicArn: string): void {
    this.#topics.delete(topicArn);
  }

  /** Throws AwsError `NotFoundException`. */
  topic(topicArn: string): Topic {
    const topic = this.#topics.get(topicArn);
    if (!topic) throw new AwsError('NotFoundException', 'Topic does not exist');
    return topic;
  }

  topics(): Topic[] {
    return [...this.#topics.values()].sort((a, b) => (a.arn < b.arn ? -1 : 1));
  }

  subscriptions(): Subscription[] {
    return this.topics().flatMap((topic) => topic.subscriptions);
  }

  /** Subscribing the same endpoint again gives the present subscription. */
  subscribe(
    topicArn: string,
    protocol: string,
    endpoint: string,
    options: { rawMessageDelivery: boolean },
  ): Subscription {
    const topic = this.topic(topicArn);
    const known = asProtocol(protocol);
    if (known === 'sqs' && !endpoint.startsWith('arn:aws:sqs:')) {
      throw new AwsError('InvalidParameterException', 'Invalid parameter: SQS endpoint ARN');
    }
    const present = topic.subscriptions.find(
      (one) => one.protocol === known && one.endpoint === endpoint,
    );
    if (present) return present;
    const subscription: Subscription = {
      arn: `${topicArn}:${this.#world.ids.uuid()}`,
      topicArn,
      protocol: known,
      endpoint,
      confirmed: known === 'sqs',
      rawMessageDelivery: options.rawMessageDelivery,
    };
    topic.subscriptions.push(subscription);
    return subscription;
  }

  unsubscribe(subscriptionArn: string): void {
    for (const { subscriptions } of this.#topics.values()) {
      const index = subscriptions.findIndex((one) => one.arn === subscriptionArn);
      if (index >= 0) subscriptions.splice(index, 1);
    }
  }

  /** Delivers to the topic's queues and returns the message id. */
  publish(topicArn: string, notification: Notification): string {
    const topic = this.topic(topicArn);
    checkNotification(notification);
    const { subject, message } = notification;
    const messageId = this.#world.ids.uuid();
    this.#world.journal.record('notification.published', {
      topicArn,
      message,
      ...(subject === undefined ? {} : { subject }),
    });
    for (const subscription of topic.subscriptions) {
      if (subscription.confirmed) this.#attempt(subscription, notification, messageId);
    }
    return messageId;
  }

  /** Publishing succeeds although a queue is gone: deliveries happen after the answer on AWS. */
  #attempt(subscription: Subscription, notification: Notification, messageId: string): void {
    try {
      this.#deliver(subscription, notification, messageId);
    } catch (error) {
      if (!(error instanceof AwsError && error.code === 'QueueDoesNotExist')) throw error;
    }
  }

  #deliver(subscription: Subscription, notification: Notification, messageId: string): void {
    const { sqs } = this.#world.services;
    if (!subscription.rawMessageDelivery) {
      const envelope = {
        messageId,
        publishedMs: this.#world.clock.now(),
        endpoint: this.#world.endpoint(),
      };
      sqs.send(subscription.endpoint, renderEnvelope(subscription, notification, envelope));
      return;
    }
    const attributes = Object.entries(notification.attributes ?? {}).flatMap(
      ([name, { StringValue }]) => (StringValue === undefined ? [] : [[name, StringValue]]),
    );
    const text = notification.byProtocol?.[subscription.protocol] ?? notification.message;
    sqs.send(subscription.endpoint, text, Object.fromEntries(attributes));
  }
}

function asProtocol(protocol: string): SubscriptionProtocol {
  if (protocol === 'sqs' || protocol === 'email' || protocol === 'email-json') return protocol;
  throw new AwsError(
    'InvalidParameterException',
    `Invalid parameter: Protocol Reason: ${protocol} is not simulated; sqs, email and email-json are`,
  );
}

function checkNotification({ subject, message }: Notification): void {
  if (message === '') {
    throw new AwsError('InvalidParameterException', 'Invalid parameter: Empty message');
  }
  if (Buffer.byteLength(message) > messageLimitBytes) {
    throw new AwsError('InvalidParameterException', 'Invalid parameter: Message too long');
  }
  // Subjects are one line of printable ASCII (SNS API reference, Publish).
  if (subject !== undefined && !/^[\x20-\x7e]+$/.test(subject)) {
    throw new AwsError('InvalidParameterException', 'Invalid parameter: Subject');
  }
  if (subject !== undefined && subject.length > subjectLimit) {
    throw new AwsError(
      'InvalidParameterException',
      `Invalid parameter: Subject Reason: it must be at most ${subjectLimit} characters long`,
    );
  }
}
