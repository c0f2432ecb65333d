import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import type { Message, MessageAttributes } from './message.ts';
import { attributeNumber, type QueueAttributes, redrivePolicy } from './queue-attributes.ts';

export interface SendOptions {
  readonly attributes?: MessageAttributes | undefined;
  readonly delaySeconds?: number | undefined;
}

export interface ReceiveOptions {
  readonly maxMessages: number;
  readonly visibilitySeconds?: number | undefined;
}

/** One standard queue. */
export class Queue {
  readonly name: string;
  readonly arn: string;
  readonly createdMs: number;
  attributes: QueueAttributes;
  modifiedMs: number;
  readonly #world: World;
  readonly #deadLetter: (queueArn: string, message: Message) => void;
  readonly #arrivals = new Set<() => void>();
  #messages: Message[] = [];

  constructor(
    world: World,
    identity: { name: string; arn: string; attributes: QueueAttributes },
    deadLetter: (queueArn: string, message: Message) => void,
  ) {
    this.name = identity.name;
    this.arn = identity.arn;
    this.attributes = identity.attributes;
    this.createdMs = world.clock.now();
    this.modifiedMs = this.createdMs;
    this.#world = world;
    this.#deadLetter = deadLetter;
  }

  send(body: string, options: SendOptions = {}): Message {
    const limitBytes = attributeNumber(this.attributes, 'MaximumMessageSize');
    if (body === '') {
      throw new AwsError('MissingParameter', 'The request must contain the parameter MessageBody.');
    }
    if (Buffer.byteLength(body) > limitBytes) {
      throw new AwsError(
        'InvalidParameterValue',
        `One or more parameters are invalid. Reason: Message must be shorter than ${limitBytes} bytes.`,
      );
    }
    const nowMs = this.#world.clock.now();
    const delaySeconds = options.delaySeconds ?? attributeNumber(this.attributes, 'DelaySeconds');
    const message: Message = {
      id: this.#world.ids.uuid(),
      body,
      attributes: options.attributes ?? {},
      sentMs: nowMs,
      visibleAtMs: nowMs + delaySeconds * 1000,
      receiveCount: 0,
      firstReceivedMs: undefined,
      receiptHandle: undefined,
    };
    this.add(message);
    return message;
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
    const redrive = redrivePolicy(this.attributes);
    this.#dropExpired(nowMs);
    const received: Message[] = [];
    for (const message of [...this.#messages]) {
      if (received.length >= maxMessages) break;
      if (message.visibleAtMs > nowMs) continue;
      if (redrive && message.receiveCount >= redrive.maxReceiveCount) {
        this.#remove(message);
        this.#deadLetter(redrive.deadLetterTargetArn, message);
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

  /** Deleting twice, or with the handle of an earlier receipt, is no error. */
  delete(receiptHandle: string): void {
    const message = this.#byHandle(receiptHandle);
    if (message?.receiptHandle === receiptHandle) this.#remove(message);
  }

  changeVisibility(receiptHandle: string, seconds: number): void {
    const message = this.#byHandle(receiptHandle);
    const nowMs = this.#world.clock.now();
    if (!message || message.receiptHandle !== receiptHandle || message.visibleAtMs <= nowMs) {
      throw new AwsError('MessageNotInflight', 'The message is not in flight');
    }
    message.visibleAtMs = nowMs + seconds * 1000;
    if (seconds === 0) for (const arrived of [...this.#arrivals]) arrived();
  }

  purge(): void {
    this.#messages = [];
  }

  /** Resolves when a message may have become visible, at the latest after `limitMs`; holds no clock. */
  async untilVisible(limitMs: number): Promise<void> {
    const nowMs = this.#world.clock.now();
    const next = Math.min(...this.#messages.map(({ visibleAtMs }) => visibleAtMs));
    const waitMs = Math.max(0, Math.min(limitMs, next - nowMs));
    await new Promise<void>((resolve) => {
      const finish = () => {
        cancel();
        this.#arrivals.delete(finish);
        resolve();
      };
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
