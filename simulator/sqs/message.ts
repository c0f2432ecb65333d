import { createHash } from 'node:crypto';
import type { FifoPlace } from './fifo.ts';

/** A message attribute as the API carries it. */
export interface MessageAttribute {
  /** `String`, `Number` or `Binary`, with an optional custom suffix. */
  readonly DataType: string | undefined;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: Uint8Array | undefined;
}

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

/** A message in a queue. */
export interface Message {
  readonly id: string;
  readonly body: string;
  readonly attributes: MessageAttributes;
  /** The X-Ray header, the one system attribute that senders set. */
  readonly traceHeader: string | undefined;
  /** Group of a message in any queue; FIFO queues keep the order in each. */
  readonly groupId: string | undefined;
  readonly fifo: FifoPlace | undefined;
  /** Where it comes from, for one in a dead-letter queue. */
  readonly deadLetterSourceArn: string | undefined;
  readonly sentMs: number;
  /** Until then no receiver sees it: delayed, or received and not yet deleted. */
  visibleAtMs: number;
  receiveCount: number;
  firstReceivedMs: number | undefined;
  /** Handle of the latest receipt. */
  receiptHandle: string | undefined;
}

export function md5Hex(text: string | Uint8Array): string {
  return createHash('md5').update(text).digest('hex');
}

export function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Digest of message attributes that SDKs verify: names sorted, each part led by its length, big-endian. */
export function attributesMd5(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const parts = names.flatMap((name) => {
    const attribute = attributes[name];
    const binary = attribute?.BinaryValue;
    const value = binary ? Buffer.from(binary) : Buffer.from(attribute?.StringValue ?? '');
    return [
      ...sized(Buffer.from(name)),
      ...sized(Buffer.from(attribute?.DataType ?? '')),
      Buffer.from([binary ? 2 : 1]),
      ...sized(value),
    ];
  });
  return md5Hex(Buffer.concat(parts));
}

function sized(value: Buffer): Buffer[] {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(value.length);
  return [length, value];
}

/** The attributes that SQS gives a received message, whoever receives it. */
export function systemAttributesOf(message: Message, accountId: string): Record<string, string> {
  return {
    SenderId: accountId,
    SentTimestamp: `${message.sentMs}`,
    ApproximateReceiveCount: `${message.receiveCount}`,
    ApproximateFirstReceiveTimestamp: `${message.firstReceivedMs ?? message.sentMs}`,
    ...(message.traceHeader !== undefined && { AWSTraceHeader: message.traceHeader }),
    ...(message.groupId !== undefined && { MessageGroupId: message.groupId }),
    ...(message.fifo && {
      MessageDeduplicationId: message.fifo.deduplicationId,
      SequenceNumber: message.fifo.sequenceNumber,
    }),
    ...(message.deadLetterSourceArn !== undefined && {
      DeadLetterQueueSourceArn: message.deadLetterSourceArn,
    }),
  };
}
