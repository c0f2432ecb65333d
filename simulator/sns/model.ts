import { arn } from '../core/arns.ts';
import { AwsError } from '../core/aws-error.ts';
import type { ServiceSender, SnsService } from '../core/services.ts';
import type { World } from '../core/world.ts';
import { requireDeliveryAllowed } from '../iam/service-delivery.ts';
import { checkArn } from './check-arn.ts';
import { Deliveries } from './deliveries.ts';
import { checkEndpoint, readProtocol } from './endpoint-rules.ts';
import { checkNotification } from './notification-rules.ts';
import { invalid, readSubscriptionAttributes } from './subscription-attributes.ts';
import type { Notification, Subscription, Topic } from './topic.ts';
import { withAttribute } from './topic-attributes.ts';

/** Standard topics, and who is told what is published to them. */
export class SnsModel implements SnsService {
  readonly #world: World;
  readonly #topics = new Map<string, Topic>();
  readonly #deliveries: Deliveries;

  constructor(world: World) {
    this.#world = world;
    this.#deliveries = new Deliveries(world);
  }

  /** Creating a topic again gives the present one; its attributes and tags must then be the same. */
  createTopic(
    name: string,
    given: Readonly<Record<string, string>> = {},
    tags: ReadonlyMap<string, string> = new Map(),
  ): Topic {
    if (name.endsWith('.fifo')) throw invalid('Topic Name Reason: FIFO topics are not simulated');
    if (!/^[\w-]{1,256}$/.test(name)) throw invalid('Topic Name');
    let attributes: Readonly<Record<string, string>> = {};
    for (const [key, value] of Object.entries(given)) {
      attributes = withAttribute(attributes, key, value);
    }
    const topicArn = arn(this.#world.identity, 'sns', name);
    const present = this.#topics.get(topicArn);
    if (present) return sameTopic(present, attributes, tags);
    const topic = { arn: topicArn, name, attributes, subscriptions: [], tags: new Map(tags) };
    this.#topics.set(topicArn, topic);
    return topic;
  }

  deleteTopic(topicArn: string): void {
    this.#topics.delete(topicArn);
  }

  /** Throws AwsError `NotFoundException`, or `InvalidParameterException` for what is no ARN. */
  topic(topicArn: string): Topic {
    checkArn('TopicArn', topicArn);
    const topic = this.#topics.get(topicArn);
    if (!topic) throw new AwsError('NotFoundException', 'Topic does not exist');
    return topic;
  }

  topics(): Topic[] {
    return [...this.#topics.values()].sort((a, b) => (a.arn < b.arn ? -1 : 1));
  }

  setTopicAttribute(topicArn: string, name: string, value: string): void {
    const topic = this.topic(topicArn);
    topic.attributes = withAttribute(topic.attributes, name, value);
  }

  subscriptions(): Subscription[] {
    return this.topics().flatMap((topic) => topic.subscriptions);
  }

  /** Throws AwsError `NotFoundException`. */
  subscription(subscriptionArn: string): Subscription {
    const found = this.subscriptions().find((one) => one.arn === subscriptionArn);
    if (!found) throw new AwsError('NotFoundException', 'Subscription does not exist');
    return found;
  }

  /** Subscribing the same endpoint again, with the same attributes, gives the present subscription. */
  subscribe(
    topicArn: string,
    protocolName: string,
    endpoint: string,
    given: Readonly<Record<string, string>> = {},
  ): Subscription {
    const topic = this.topic(topicArn);
    const protocol = readProtocol(protocolName);
    checkEndpoint(protocol, endpoint);
    const read = readSubscriptionAttributes(protocol, given);
    const present = topic.subscriptions.find(
      (one) => one.protocol === protocol && one.endpoint === endpoint,
    );
    if (present) {
      const differs = Object.entries(read.attributes).some(
        ([name, value]) => present.attributes[name] !== value,
      );
      if (!differs) return present;
      throw invalid('Attributes Reason: Subscription already exists with different attributes');
    }
    const subscription: Subscription = {
      arn: `${topicArn}:${this.#world.ids.uuid()}`,
      topicArn,
      protocol,
      endpoint,
      confirmed: ['sqs', 'lambda', 'sms'].includes(protocol),
      token: `${this.#world.ids.hex(64)}`,
      ...read,
    };
    topic.subscriptions.push(subscription);
    if (protocol === 'http' || protocol === 'https') this.#deliveries.askToConfirm(subscription);
    return subscription;
  }

  setSubscriptionAttribute(subscriptionArn: string, name: string, value: string): void {
    const one = this.subscription(subscriptionArn);
    const attributes = { ...one.attributes, [name]: value };
    try {
      Object.assign(one, readSubscriptionAttributes(one.protocol, attributes));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      // What Subscribe calls a fault of Attributes is one of the attribute itself here.
      throw new AwsError(error.code, error.message.replace('Attributes Reason: ', ''));
    }
  }

  /** Throws AwsError `InvalidParameterException` for a token that the topic did not give out. */
  confirm(topicArn: string, token: string): Subscription {
    const found = this.topic(topicArn).subscriptions.find((one) => one.token === token);
    if (!found) throw invalid('Token');
    found.confirmed = true;
    return found;
  }

  unsubscribe(subscriptionArn: string): void {
    for (const { subscriptions } of this.#topics.values()) {
      const index = subscriptions.findIndex((one) => one.arn === subscriptionArn);
      if (index >= 0) subscriptions.splice(index, 1);
    }
  }

  /** Delivers to the topic's subscribers and returns the message id. */
  publish(topicArn: string, notification: Notification, sender?: ServiceSender): string {
    const topic = this.topic(topicArn);
    if (sender) {
      const policy = topic.attributes.Policy;
      const resource = topicArn;
      requireDeliveryAllowed(this.#world, { sender, action: 'sns:Publish', resource, policy });
    }
    checkNotification(notification);
    const { subject, message } = notification;
    const messageId = this.#world.ids.uuid();
    this.#world.journal.record('notification.published', {
      topicArn,
      message,
      ...(subject === undefined ? {} : { subject }),
    });
    for (const subscription of topic.subscriptions) {
      if (!subscription.confirmed || subscription.filter?.(notification) === false) continue;
      this.#deliveries.deliver(subscription, notification, messageId);
    }
    return messageId;
  }

  async stop(): Promise<void> {
    this.#deliveries.stop();
  }
}

function sameTopic(
  topic: Topic,
  attributes: Readonly<Record<string, string>>,
  tags: ReadonlyMap<string, string>,
): Topic {
  if (Object.entries(attributes).some(([name, value]) => topic.attributes[name] !== value)) {
    throw invalid('Attributes Reason: Topic already exists with different attributes');
  }
  if ([...tags].some(([key, value]) => topic.tags.get(key) !== value)) {
    throw invalid('Tags Reason: Topic already exists with different tags');
  }
  return topic;
}
