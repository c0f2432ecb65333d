import type {
  PublishBatchCommandInput,
  PublishBatchCommandOutput,
  PublishCommandInput,
  PublishCommandOutput,
} from '@aws-sdk/client-sns';
import { AwsError } from '../core/aws-error.ts';
import { snsMessagesPerSecond } from '../quotas/messaging-quotas.ts';
import type { Quotas } from '../quotas/quotas.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import type { SnsModel } from './model.ts';
import { sizeOf } from './notification-rules.ts';
import type { Notification } from './topic.ts';

const batchLimitBytes = 262_144;

/** Publish and PublishBatch, to topics: phones and mobile endpoints are not modelled. */
export function publishOperations(model: SnsModel, quotas: Quotas): Record<string, WireOperation> {
  const messagesPerSecond = snsMessagesPerSecond(quotas.region);
  const spend = (messages: number) => quotas.spend('sns', 'messages', messagesPerSecond, messages);
  return {
    Publish: operation<PublishCommandInput, PublishCommandOutput>(
      ['TopicArn', 'TargetArn', 'Subject', 'Message', 'MessageStructure', 'MessageAttributes'],
      (input) => {
        const topicArn = input.TopicArn ?? input.TargetArn;
        if (topicArn === undefined) {
          throw new AwsError(
            'InvalidParameterException',
            'Invalid parameter: TopicArn or TargetArn Reason: no value for required parameter',
          );
        }
        spend(1);
        return { MessageId: model.publish(topicArn, notificationOf(input)) };
      },
    ),
    PublishBatch: operation<PublishBatchCommandInput, PublishBatchCommandOutput>(
      ['TopicArn', 'PublishBatchRequestEntries'],
      ({ TopicArn = '', PublishBatchRequestEntries: entries = [] }) => {
        model.topic(TopicArn);
        checkBatch(entries);
        spend(entries.length);
        const Successful: { Id: string; MessageId: string }[] = [];
        const Failed: { Id: string; Code: string; Message: string; SenderFault: boolean }[] = [];
        for (const { Id = '', ...entry } of entries) {
          try {
            refuseFifoMembers(entry);
            Successful.push({ Id, MessageId: model.publish(TopicArn, notificationOf(entry)) });
          } catch (error) {
            if (!(error instanceof AwsError)) throw error;
            const Code = error.code.replace(/Exception$/, '');
            Failed.push({ Id, Code, Message: error.message, SenderFault: true });
          }
        }
        return { Successful, Failed };
      },
    ),
  };
}

type Entry = Pick<
  PublishCommandInput,
  'Subject' | 'Message' | 'MessageStructure' | 'MessageAttributes'
>;

function notificationOf(entry: Entry): Notification {
  const { Subject, Message = '', MessageStructure, MessageAttributes } = entry;
  const byProtocol =
    MessageStructure === undefined ? undefined : readStructure(MessageStructure, Message);
  return {
    subject: Subject || undefined,
    message: byProtocol?.default ?? Message,
    byProtocol,
    attributes: MessageAttributes as Notification['attributes'],
  };
}

function refuseFifoMembers(entry: object): void {
  for (const name of ['MessageGroupId', 'MessageDeduplicationId']) {
    if (name in entry) {
      throw new AwsError('InvalidParameterException', `Invalid parameter: ${name}`);
    }
  }
}

function checkBatch(
  entries: NonNullable<PublishBatchCommandInput['PublishBatchRequestEntries']>,
): void {
  if (entries.length === 0) {
    throw new AwsError(
      'EmptyBatchRequestException',
      "The batch request doesn't contain any entries.",
    );
  }
  if (entries.length > 10) {
    throw new AwsError(
      'TooManyEntriesInBatchRequestException',
      'The batch request contains more entries than permissible (more than 10).',
    );
  }
  const ids = entries.map(({ Id = '' }) => Id);
  if (!ids.every((id) => /^[\w-]{1,80}$/.test(id))) {
    throw new AwsError(
      'InvalidBatchEntryIdException',
      "The Id of a batch entry in a batch request doesn't abide by the specification.",
    );
  }
  if (new Set(ids).size < ids.length) {
    throw new AwsError(
      'BatchEntryIdsNotDistinctException',
      'Two or more batch entries in the request have the same Id.',
    );
  }
  const sizes = entries.map((entry) =>
    sizeOf({
      message: entry.Message ?? '',
      attributes: entry.MessageAttributes as Notification['attributes'],
    }),
  );
  if (sizes.reduce((sum, size) => sum + size, 0) > batchLimitBytes) {
    throw new AwsError(
      'BatchRequestTooLongException',
      'The length of all the batch messages put together is more than the limit.',
    );
  }
}

/** `json`, the only structure, gives each protocol a text of its own. Throws AwsError. */
function readStructure(structure: string, message: string): Record<string, string> {
  if (structure !== 'json') throw badStructure('Unknown structure');
  let texts: Record<string, unknown> | null;
  try {
    texts = JSON.parse(message) as Record<string, unknown> | null;
  } catch {
    throw badStructure('JSON message body failed to parse');
  }
  if (typeof texts !== 'object' || typeof texts?.default !== 'string') {
    throw badStructure('No default entry in JSON message body');
  }
  return Object.fromEntries(
    Object.entries(texts).flatMap(([name, text]) =>
      typeof text === 'string' ? [[name, text]] : [],
    ),
  );
}

function badStructure(reason: string): AwsError {
  const message = `Invalid parameter: Message Structure - ${reason}`;
  return new AwsError('InvalidParameterException', message);
}
