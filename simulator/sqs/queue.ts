import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { checkGroupId, FifoOrder } from './fifo.ts';
import type { Message, MessageAttributes } from './message.ts';
import { checkMessage, messageBytes } from './message-rules.ts';
import { attributeNumber, type QueueAttributes } from './queue-attributes.ts';
import { redrivePolicy } from './redrive-policy.ts';

export interface SendOptions {
  readonly attributes?: MessageAttributes | undefined;
  readonly delaySeconds?: number | undefined;
  readonly traceHeader?: string | undefined;
  readonly groupId?: string | undefined;
  readonly deduplicationId?: string | undefined;
}

export interface ReceiveOptions {
  readonly maxMessages: number;
  readonly visibilitySeconds?: number | undefined;
}

/** What a sender learns; a FIFO queue answers a repeated message with the first one's. */
export interface SentMessage {
  readonly id: string;
  readonly sequenceNumber: string | undefined;
}

/** One queue, standard or FIFO. */
export class Queue {
  readonly name: string;
  readonly arn: string;
  readonly createdMs: number;
  attributes: QueueAttributes;
  readonly tags: Map<string, string>;
  modifiedMs: number;
  readonly #world: World;
  /** False where there is no such queue: the message stays. */
  readonly #deadLetter: (queueArn: string, message: Message) => boolean;
  readonly #arrivals = new Set<() => void>();
  readonly #order: FifoOrder | undefined;
  #messages: Message[] = [];
  #purgedMs: number | undefined;

  constructor(
    world: World,
    identity: {
      name: string;
      arn: string;
      attributes: QueueAttributes;
      tags?: ReadonlyMap<string, string>;
    },
    deadLetter: (queueArn: string, message: Message) => boolean,
  ) {
    this.name = identity.name;
    this.arn = identity.arn;
    this.attributes = identity.attributes;
    this.tags = new Map(identity.tags);
    this.#order = identity.attributes.FifoQueue === 'true' ? new FifoOrder() : undefined;
    this.createdMs = world.clock.now();
    this.modifiedMs = this.createdMs;
    this.#world = world;
    this.#deadLetter = deadLetter;
  }

  /** Throws AwsError as SendMessage does. */
  send(body: string, options: SendOptions = {}): SentMessage {
    const { attributes = {}, groupId } = options;
    checkMessage(body, attributes);
    const limitBytes = attributeNumber(this.attributes, 'MaximumMessageSize');
    if (messageBytes(body, attributes) > limitBytes) {
      throw new AwsError(
        'InvalidParameterValue',
        `One or more parameters are invalid. Reason: Message must be shorter than ${limitBytes} bytes.`,
      );
    }
    const nowMs = this.#world.clock.now();
    const place = this.#place(body, options);
    const repeated = place && this.#order?.repeated(place, this.attributes, nowMs);
    if (repeated) return { id: repeated.messageId, sequenceNumber: repeated.sequenceNumber };
    const id = this.#world.ids.uuid();
    const fifo = place && this.#order?.accept(place, this.attributes, id, nowMs);
    const delaySeconds = options.delaySeconds ?? attributeNumber(this.attributes, 'DelaySeconds');
    this.add({
      id,
      body,
      attributes,
      traceHeader: options.traceHeader,
      groupId,
      fifo,
      deadLetterSourceArn: undefined,
      sentMs: nowMs,
      visibleAtMs: nowMs + delaySeconds * 1000,
      receiveCount: 0,
      firstReceivedMs: undefined,
      receiptHandle: undefined,
    });
    return { id, sequenceNumber: fifo?.sequenceNumber };
  }

  #place(body: string, { groupId, deduplicationId, delaySeconds }: SendOptions) {
    if (this.#order) {
      // Delays are the whole queue's (API reference of SendMessage, DelaySeconds).
      if (delaySeconds) throw notForThisQueue('DelaySeconds');
      return this.#order.place(this.attributes, body, { groupId, deduplicationId });
    }
    // Standard queues take groups as well, for fairness between tenants.
    if (groupId !== undefined) checkGroupId(groupId);
    if (deduplicationId !== undefined) throw notForThisQueue('MessageDeduplicationId');
    return undefined;
  }

  /** Takes a message as it is: sent, or moved here as to a dead-letter queue. */
  add(message: Message): void {
    this.#messages.push(message);
    this.#world.journal.record('message.queued', { queueArn: this.arn, body: message.body });
    for (const arrived of [...this.#arrivals]) arrived();
  }

  /** Visible messages, which become invisible; those received too often go to the dead-letter queue. */
  receive({ maxMessages, visibilitySeconds }: ReceiveOptions): Message[] {
    const nowMs = this.#world.clock.now();
    const hiddenMs =
      (visibilitySeconds ?? attributeNumber(this.attributes, 'VisibilityTimeout')) * 1000;
    const redrive = redrivePolicy(this.attributes.RedrivePolicy);
    this.#dropExpired(nowMs);
    const received: Message[] = [];
    // Of a FIFO queue's group, nothing is seen behind a message that is delayed or in flight.
    const closedGroups = new Set<string>();
    for (const message of [...this.#messages]) {
      if (received.length >= maxMessages) break;
      const group = message.fifo?.groupId;
      if (group !== undefined && closedGroups.has(group)) continue;
      if (message.visibleAtMs > nowMs) {
        if (group !== undefined) closedGroups.add(group);
        continue;
      }
      const spent = redrive && message.receiveCount >= redrive.maxReceiveCount;
      if (spent && this.#deadLetter(redrive.deadLetterTargetArn, message)) {
        this.#remove(message);
        continue;
      }
      message.receiveCount++;
      message.firstReceivedMs ??= nowMs;
      message.visibleAtMs = nowMs + hiddenMs;
      message.receiptHandle = `${message.id}#${this.#world.ids.hex(16)}`;
      received.push({ ...message });
    }
    return received;
  }

  /**
   * Deleting twice is no error. A standard queue overlooks the handle of an earlier receipt; a FIFO queue refuses it, and
   * one whose message is visible again (seen on AWS: aws-sdk-js issue 1750, localstack pull request 12442).
   */
  delete(receiptHandle: string): void {
    const message = this.#byHandle(receiptHandle);
    if (!message) return;
    const latest = message.receiptHandle === receiptHandle;
    if (message.fifo && !(latest && message.visibleAtMs > this.#world.clock.now())) {
      throw invalidHandle(receiptHandle, 'The receipt handle has expired.');
    }
    if (latest) this.#remove(message);
  }

  changeVisibility(receiptHandle: string, seconds: number): void {
    const message = this.#byHandle(receiptHandle);
    const nowMs = this.#world.clock.now();
    if (!message) {
      // Seen on AWS: mapbox/ecs-watchbot issue 135.
      throw invalidHandle(
        receiptHandle,
        'Message does not exist or is not available for visibility timeout change.',
      );
    }
    if (message.receiptHandle !== receiptHandle || message.visibleAtMs <= nowMs) {
      throw new AwsError('MessageNotInflight', 'The message is not in flight');
    }
    message.visibleAtMs = nowMs + seconds * 1000;
    if (seconds === 0) for (const arrived of [...this.#arrivals]) arrived();
  }

  /** Throws AwsError `PurgeQueueInProgress` within a minute of the last time. */
  purge(): void {
    const nowMs = this.#world.clock.now();
    if (this.#purgedMs !== undefined && nowMs - this.#purgedMs < 60_000) {
      throw new AwsError(
        'PurgeQueueInProgress',
        `Only one PurgeQueue operation on ${this.name} is allowed every 60 seconds.`,
      );
    }
    this.#purgedMs = nowMs;
    this.#messages = [];
  }

  /** Resolves when a message may have become visible, at the latest after `limitMs`; holds no clock. */
  async untilVisible(limitMs: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return;
    const nowMs = this.#world.clock.now();
    const next = Math.min(...this.#messages.map(({ visibleAtMs }) => visibleAtMs));
    const waitMs = Math.max(0, Math.min(limitMs, next - nowMs));
    await new Promise<void>((resolve) => {
      const finish = () => {
        cancel();
        this.#arrivals.delete(finish);
        signal?.removeEventListener('abort', finish);
        resolve();
      };
      signal?.addEventListener('abort', finish, { once: true });
      const cancel = this.#world.clock.schedule(waitMs, finish, 'background');
      this.#arrivals.add(finish);
    });
  }

  counts(): { visible: number; inFlight: number; delayed: number } {
    const nowMs = this.#world.clock.now();
    this.#dropExpired(nowMs);
    const hidden = this.#messages.filter(({ visibleAtMs }) => visibleAtMs > nowMs);
    const delayed = hidden.filter(({ receiveCount }) => receiveCount === 0).length;
    return {
      visible: this.#messages.length - hidden.length,
      inFlight: hidden.length - delayed,
      delayed,
    };
  }

  #byHandle(receiptHandle: string): Message | undefined {
    const [id = '', secret] = receiptHandle.split('#');
    if (!/^[0-9a-f-]{36}$/.test(id) || !secret) {
      throw new AwsError(
        'ReceiptHandleIsInvalid',
        `The input receipt handle "${receiptHandle}" is not a valid receipt handle.`,
      );
    }
    return this.#messages.find((message) => message.id === id);
  }

  #remove(message: Message): void {
    this.#messages = this.#messages.filter((other) => other !== message);
  }

  #dropExpired(nowMs: number): void {
    const retentionMs = attributeNumber(this.attributes, 'MessageRetentionPeriod') * 1000;
    this.#messages = this.#messages.filter(({ sentMs }) => nowMs - sentMs < retentionMs);
  }
}

function invalidHandle(receiptHandle: string, reason: string): AwsError {
  return new AwsError(
    'InvalidParameterValue',
    `Value ${receiptHandle} for parameter ReceiptHandle is invalid. Reason: ${reason}`,
  );
}

function notForThisQueue(parameter: string): AwsError {
  return new AwsError(
    'InvalidParameterValue',
    `Value for parameter ${parameter} is invalid. Reason: The request include parameter that is not valid for this queue type.`,
  );
}
