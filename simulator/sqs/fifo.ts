import { AwsError } from '../core/aws-error.ts';
import { sha256Hex } from './message.ts';
import type { QueueAttributes } from './queue-attributes.ts';

/** What makes a message one of a FIFO queue. */
export interface FifoPlace {
  readonly groupId: string;
  readonly deduplicationId: string;
  /** 20 digits, growing. */
  readonly sequenceNumber: string;
}

interface Accepted {
  readonly messageId: string;
  readonly sequenceNumber: string;
  readonly atMs: number;
}

/** SQS guide, "Exactly-once processing": a message is not sent again within five minutes. */
const deduplicationMs = 300_000;
const idPattern = /^[\x21-\x7e]{1,128}$/;

/** Deduplication and numbering of one FIFO queue. */
export class FifoOrder {
  readonly #accepted = new Map<string, Accepted>();
  #count = 0;

  /** Where a message belongs. Throws AwsError as SendMessage does. */
  place(
    attributes: QueueAttributes,
    body: string,
    given: { groupId: string | undefined; deduplicationId: string | undefined },
  ): Omit<FifoPlace, 'sequenceNumber'> {
    const { groupId } = given;
    if (groupId === undefined) {
      throw new AwsError(
        'MissingParameter',
        'The request must contain the parameter MessageGroupId.',
      );
    }
    const byContent = attributes.ContentBasedDeduplication === 'true';
    const deduplicationId = given.deduplicationId ?? (byContent ? sha256Hex(body) : undefined);
    if (deduplicationId === undefined) {
      throw new AwsError(
        'InvalidParameterValue',
        'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
      );
    }
    checkGroupId(groupId);
    checkId('MessageDeduplicationId', deduplicationId);
    return { groupId, deduplicationId };
  }

  /** The message that this one repeats. */
  repeated(
    { groupId, deduplicationId }: Omit<FifoPlace, 'sequenceNumber'>,
    attributes: QueueAttributes,
    nowMs: number,
  ): Accepted | undefined {
    for (const [key, { atMs }] of this.#accepted) {
      if (nowMs - atMs >= deduplicationMs) this.#accepted.delete(key);
    }
    return this.#accepted.get(keyOf(attributes, groupId, deduplicationId));
  }

  accept(
    { groupId, deduplicationId }: Omit<FifoPlace, 'sequenceNumber'>,
    attributes: QueueAttributes,
    messageId: string,
    nowMs: number,
  ): FifoPlace {
    const sequenceNumber = `${18_850_000_000_000_000_000n + BigInt(++this.#count)}`;
    const key = keyOf(attributes, groupId, deduplicationId);
    this.#accepted.set(key, { messageId, sequenceNumber, atMs: nowMs });
    return { groupId, deduplicationId, sequenceNumber };
  }
}

function keyOf({ DeduplicationScope }: QueueAttributes, groupId: string, id: string): string {
  return DeduplicationScope === 'messageGroup' ? `${groupId} ${id}` : id;
}

export function checkGroupId(groupId: string): void {
  checkId('MessageGroupId', groupId);
}

function checkId(name: string, value: string): void {
  if (idPattern.test(value)) return;
  throw new AwsError(
    'InvalidParameterValue',
    `Value ${value} for parameter ${name} is invalid. Reason: ${name} can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
  );
}
