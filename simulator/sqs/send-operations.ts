import type {
  SendMessageBatchCommandInput,
  SendMessageBatchCommandOutput,
  SendMessageCommandInput,
  SendMessageCommandOutput,
} from '@aws-sdk/client-sqs';
import { AwsError } from '../core/aws-error.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import { forEachEntry } from './batch.ts';
import { checkRange } from './check-range.ts';
import { attributesMd5, type MessageAttributes, md5Hex } from './message.ts';
import { messageBytes } from './message-rules.ts';
import type { SqsModel } from './model.ts';
import type { Queue } from './queue.ts';

const members = [
  'DelaySeconds',
  'MessageAttributes',
  'MessageSystemAttributes',
  'MessageDeduplicationId',
  'MessageGroupId',
] as const;
const batchLimitBytes = 1_048_576;

type Sent = Pick<SendMessageCommandInput, 'MessageBody' | (typeof members)[number]>;

/** SendMessage and SendMessageBatch. */
export function sendOperations(model: SqsModel): Record<string, WireOperation> {
  return {
    SendMessage: operation<SendMessageCommandInput, SendMessageCommandOutput>(
      ['QueueUrl', 'MessageBody', ...members],
      ({ QueueUrl = '', ...message }) => send(model.byUrl(QueueUrl), message),
    ),
    SendMessageBatch: operation<SendMessageBatchCommandInput, SendMessageBatchCommandOutput>(
      ['QueueUrl', 'Entries'],
      ({ QueueUrl = '', Entries = [] }) => {
        const queue = model.byUrl(QueueUrl);
        const bytes = Entries.map(({ MessageBody = '', MessageAttributes = {} }) =>
          messageBytes(MessageBody, MessageAttributes as MessageAttributes),
        ).reduce((sum, size) => sum + size, 0);
        if (bytes > batchLimitBytes) {
          throw new AwsError(
            'BatchRequestTooLong',
            `Batch requests cannot be longer than ${batchLimitBytes} bytes. You have sent ${bytes} bytes.`,
          );
        }
        return forEachEntry(Entries, ({ Id: _id, ...message }) => send(queue, message));
      },
    ),
  };
}

function send(queue: Queue, input: Sent) {
  const { MessageBody = '', DelaySeconds, MessageAttributes, MessageSystemAttributes } = input;
  if (DelaySeconds !== undefined) checkRange('DelaySeconds', DelaySeconds, 0, 900);
  const attributes = (MessageAttributes ?? {}) as MessageAttributes;
  const systemAttributes = (MessageSystemAttributes ?? {}) as MessageAttributes;
  for (const name of Object.keys(systemAttributes)) {
    if (name !== 'AWSTraceHeader') {
      throw new AwsError(
        'InvalidParameterValue',
        `Message system attribute name '${name}' is invalid.`,
      );
    }
  }
  const sent = queue.send(MessageBody, {
    attributes,
    traceHeader: systemAttributes.AWSTraceHeader?.StringValue,
    delaySeconds: DelaySeconds,
    groupId: input.MessageGroupId,
    deduplicationId: input.MessageDeduplicationId,
  });
  const md5 = attributesMd5(attributes);
  const systemMd5 = attributesMd5(systemAttributes);
  return {
    MessageId: sent.id,
    MD5OfMessageBody: md5Hex(MessageBody),
    ...(md5 ? { MD5OfMessageAttributes: md5 } : {}),
    ...(systemMd5 ? { MD5OfMessageSystemAttributes: systemMd5 } : {}),
    ...(sent.sequenceNumber !== undefined && { SequenceNumber: sent.sequenceNumber }),
  };
}
