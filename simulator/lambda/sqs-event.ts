import type { QueuedMessage } from '../core/services.ts';

/** The event of a batch, as the guide on SQS triggers shows it. */
export function sqsEvent(messages: readonly QueuedMessage[], queueArn: string) {
  return {
    Records: messages.map((message) => ({
      messageId: message.messageId,
      receiptHandle: message.receiptHandle,
      body: message.body,
      attributes: message.systemAttributes,
      messageAttributes: Object.fromEntries(
        Object.entries(message.attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
          name,
          {
            ...(StringValue !== undefined && { stringValue: StringValue }),
            ...(BinaryValue && { binaryValue: Buffer.from(BinaryValue).toString('base64') }),
            stringListValues: [],
            binaryListValues: [],
            dataType: DataType,
          },
        ]),
      ),
      md5OfBody: message.md5OfBody,
      eventSource: 'aws:sqs',
      eventSourceARN: queueArn,
      awsRegion: queueArn.split(':')[3],
    })),
  };
}

/**
 * Messages that a function has not dealt with, told by its answer; undefined when the answer makes no sense,
 * for which Lambda takes the whole batch as failed (guide, "Implementing partial batch responses").
 */
export function failedItems(
  answer: unknown,
  messages: readonly QueuedMessage[],
): ReadonlySet<string> | undefined {
  if (answer === null || answer === undefined) return new Set();
  const failures = (answer as { batchItemFailures?: unknown }).batchItemFailures;
  if (failures === undefined) return typeof answer === 'object' ? new Set() : undefined;
  if (failures === null) return new Set();
  if (!Array.isArray(failures)) return undefined;
  const ids = failures.map((failure) => (failure as { itemIdentifier?: unknown })?.itemIdentifier);
  const known = new Set(messages.map(({ messageId }) => messageId));
  if (!ids.every((id) => typeof id === 'string' && known.has(id))) return undefined;
  return new Set(ids as string[]);
}
