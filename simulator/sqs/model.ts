import { arn } from '../core/arns.ts';
import { AwsError } from '../core/aws-error.ts';
import type { QueuedMessage, ServiceSender, SqsService, TypedAttribute } from '../core/services.ts';
import type { World } from '../core/world.ts';
import { requireDeliveryAllowed } from '../iam/service-delivery.ts';
import { type MessageAttributes, md5Hex, systemAttributesOf } from './message.ts';
import { Queue } from './queue.ts';
import {
  attributeNumber,
  checkAttributes,
  plainWords,
  type QueueAttributes,
  withDefaults,
  withoutEmpty,
} from './queue-attributes.ts';
import { checkDeadLetterQueue } from './redrive-policy.ts';

/** Queues, standard and FIFO. */
export class SqsModel implements SqsService {
  readonly #world: World;
  readonly #queues = new Map<string, Queue>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Creating a queue again with the same attributes gives the present one. */
  createQueue(
    name: string,
    given: QueueAttributes,
    tags: ReadonlyMap<string, string> = new Map(),
  ): Queue {
    const attributes = withoutEmpty(plainWords(given));
    const fifo = attributes.FifoQueue === 'true';
    if (fifo !== name.endsWith('.fifo')) {
      throw new AwsError(
        'InvalidParameterValue',
        'The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.',
      );
    }
    if (!/^[\w-]{1,80}$/.test(name.replace(/\.fifo$/, '')) || name.length > 80) {
      throw new AwsError(
        'InvalidParameterValue',
        'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
      );
    }
    checkAttributes(attributes, fifo);
    this.#checkDeadLetterQueue(attributes, fifo);
    const present = this.#queues.get(name);
    if (present) {
      const known = withDefaults(present.attributes);
      const differs = Object.entries(attributes).find(([key, value]) => known[key] !== value);
      if (!differs) return present;
      throw new AwsError(
        'QueueNameExists',
        `A queue already exists with the same name and a different value for attribute ${differs[0]}`,
      );
    }
    const queueArn = arn(this.#world.identity, 'sqs', name);
    const identity = { name, arn: queueArn, attributes, tags };
    const queue = new Queue(this.#world, identity, (target, message) => {
      const dead = this.queues().find((one) => one.arn === target);
      const deadLetterSourceArn = message.deadLetterSourceArn ?? queueArn;
      dead?.add({ ...message, deadLetterSourceArn, receiptHandle: undefined });
      return dead !== undefined;
    });
    this.#queues.set(name, queue);
    return queue;
  }

  deleteQueue(queue: Queue): void {
    this.#queues.delete(queue.name);
  }

  byName(name: string): Queue {
    const queue = this.#queues.get(name);
    if (!queue) {
      throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
    }
    return queue;
  }

  /** Whatever host the URL has: clients reach the simulator under several. */
  byUrl(url: string): Queue {
    const [, account, name] = /\/(\d{12})\/([\w.-]+)\/?$/.exec(url) ?? [];
    if (!name || account !== this.#world.identity.accountId) {
      throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
    }
    return this.byName(name);
  }

  byArn(queueArn: string): Queue {
    const queue = [...this.#queues.values()].find((candidate) => candidate.arn === queueArn);
    if (!queue) throw new AwsError('QueueDoesNotExist', `No queue has the ARN ${queueArn}`);
    return queue;
  }

  setAttributes(queue: Queue, changes: QueueAttributes): void {
    const given = plainWords(changes);
    const isFifo = queue.attributes.FifoQueue === 'true';
    checkAttributes(given, isFifo);
    this.#checkDeadLetterQueue(given, isFifo);
    const fifo = given.FifoQueue;
    if (fifo !== undefined && fifo !== (queue.attributes.FifoQueue ?? 'false')) {
      throw new AwsError('InvalidAttributeName', 'Unknown Attribute FifoQueue.');
    }
    queue.attributes = withoutEmpty({ ...queue.attributes, ...given });
    queue.modifiedMs = this.#world.clock.now();
  }

  #checkDeadLetterQueue({ RedrivePolicy }: QueueAttributes, fifo: boolean): void {
    checkDeadLetterQueue(RedrivePolicy, fifo, (target) =>
      this.queues().some((one) => one.arn === target),
    );
  }

  queues(): Queue[] {
    return [...this.#queues.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** `http://127.0.0.1:PORT/ACCOUNT/NAME`; requests may be posted there. */
  urlOf(queue: Queue): string {
    return `${this.#world.endpoint()}/${this.#world.identity.accountId}/${queue.name}`;
  }

  send(
    queueArn: string,
    body: string,
    attributes: Readonly<Record<string, string | TypedAttribute>> = {},
    sender?: ServiceSender,
  ): string {
    const queue = this.byArn(queueArn);
    if (sender) {
      const policy = queue.attributes.Policy;
      const resource = queueArn;
      requireDeliveryAllowed(this.#world, { sender, action: 'sqs:SendMessage', resource, policy });
    }
    const typed: MessageAttributes = Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [
        name,
        typeof value === 'string' ? { DataType: 'String', StringValue: value } : value,
      ]),
    );
    return queue.send(body, { attributes: typed }).id;
  }

  receive(queueArn: string, maxMessages: number): QueuedMessage[] {
    const received = this.byArn(queueArn).receive({ maxMessages });
    return received.map((message) => ({
      messageId: message.id,
      receiptHandle: message.receiptHandle ?? '',
      body: message.body,
      md5OfBody: md5Hex(message.body),
      attributes: message.attributes,
      systemAttributes: systemAttributesOf(message, this.#world.identity.accountId),
      visibleAtMs: message.visibleAtMs,
    }));
  }

  delete(queueArn: string, receiptHandle: string): void {
    this.byArn(queueArn).delete(receiptHandle);
  }

  async untilVisible(queueArn: string, limitMs: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    let stop = () => {};
    const aborted = new Promise<void>((resolve) => {
      stop = resolve;
    });
    signal.addEventListener('abort', stop, { once: true });
    await Promise.race([this.byArn(queueArn).untilVisible(limitMs), aborted]);
    signal.removeEventListener('abort', stop);
  }

  visibilityTimeoutSeconds(queueArn: string): number | undefined {
    const queue = [...this.#queues.values()].find((candidate) => candidate.arn === queueArn);
    return queue && attributeNumber(queue.attributes, 'VisibilityTimeout');
  }
}
