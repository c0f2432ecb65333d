import type {
  ChangeMessageVisibilityBatchCommandInput,
  ChangeMessageVisibilityBatchCommandOutput,
  ChangeMessageVisibilityCommandInput,
  ChangeMessageVisibilityCommandOutput,
  DeleteMessageBatchCommandInput,
  DeleteMessageBatchCommandOutput,
  DeleteMessageCommandInput,
  DeleteMessageCommandOutput,
  ReceiveMessageCommandInput,
  ReceiveMessageCommandOutput,
  Message as WireMessage,
} from '@aws-sdk/client-sqs';
import type { World } from '../core/world.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import { forEachEntry } from './batch.ts';
import { checkRange } from './check-range.ts';
import {
  attributesMd5,
  type Message,
  type MessageAttributes,
  md5Hex,
  systemAttributesOf,
} from './message.ts';
import type { SqsModel } from './model.ts';
import { attributeNumber } from './queue-attributes.ts';
import { sendOperations } from './send-operations.ts';

/** Operations on messages. */
export function messageOperations(model: SqsModel, world: World): Record<string, WireOperation> {
  return {
    ...sendOperations(model),
    ReceiveMessage: {
      ...operation<ReceiveMessageCommandInput, ReceiveMessageCommandOutput>(
        [
          'QueueUrl',
          'AttributeNames',
          'MessageSystemAttributeNames',
          'MessageAttributeNames',
          'MaxNumberOfMessages',
          'VisibilityTimeout',
          'WaitTimeSeconds',
          // Every attempt gets an answer here, so that none is repeated.
          'ReceiveRequestAttemptId',
        ],
        (input) => receive(model, world, input),
      ),
      // A poll that waits must let time pass for those who will send.
      holdsClock: false,
    },
    DeleteMessage: operation<DeleteMessageCommandInput, DeleteMessageCommandOutput>(
      ['QueueUrl', 'ReceiptHandle'],
      ({ QueueUrl = '', ReceiptHandle = '' }) => {
        model.byUrl(QueueUrl).delete(ReceiptHandle);
        return {};
      },
    ),
    DeleteMessageBatch: operation<DeleteMessageBatchCommandInput, DeleteMessageBatchCommandOutput>(
      ['QueueUrl', 'Entries'],
      ({ QueueUrl = '', Entries }) => {
        const queue = model.byUrl(QueueUrl);
        return forEachEntry(Entries, ({ ReceiptHandle = '' }) => {
          queue.delete(ReceiptHandle);
          return {};
        });
      },
    ),
    ChangeMessageVisibilityBatch: operation<
      ChangeMessageVisibilityBatchCommandInput,
      ChangeMessageVisibilityBatchCommandOutput
    >(['QueueUrl', 'Entries'], ({ QueueUrl = '', Entries }) => {
      const queue = model.byUrl(QueueUrl);
      return forEachEntry(Entries, ({ ReceiptHandle = '', VisibilityTimeout = 0 }) => {
        checkRange('VisibilityTimeout', VisibilityTimeout, 0, 43_200);
        queue.changeVisibility(ReceiptHandle, VisibilityTimeout);
        return {};
      });
    }),
    ChangeMessageVisibility: operation<
      ChangeMessageVisibilityCommandInput,
      ChangeMessageVisibilityCommandOutput
    >(
      ['QueueUrl', 'ReceiptHandle', 'VisibilityTimeout'],
      ({ QueueUrl = '', ReceiptHandle = '', VisibilityTimeout = 0 }) => {
        checkRange('VisibilityTimeout', VisibilityTimeout, 0, 43_200);
        model.byUrl(QueueUrl).changeVisibility(ReceiptHandle, VisibilityTimeout);
        return {};
      },
    ),
  };
}

async function receive(
  model: SqsModel,
  world: World,
  input: ReceiveMessageCommandInput,
): Promise<Omit<ReceiveMessageCommandOutput, '$metadata'>> {
  const { QueueUrl = '', MaxNumberOfMessages = 1, VisibilityTimeout, WaitTimeSeconds } = input;
  checkRange('MaxNumberOfMessages', MaxNumberOfMessages, 1, 10);
  if (VisibilityTimeout !== undefined) {
    checkRange('VisibilityTimeout', VisibilityTimeout, 0, 43_200);
  }
  if (WaitTimeSeconds !== undefined) checkRange('WaitTimeSeconds', WaitTimeSeconds, 0, 20);
  const queue = model.byUrl(QueueUrl);
  const waitSeconds =
    WaitTimeSeconds ?? attributeNumber(queue.attributes, 'ReceiveMessageWaitTimeSeconds');
  const deadlineMs = world.clock.now() + waitSeconds * 1000;
  for (;;) {
    const messages = queue.receive({
      maxMessages: MaxNumberOfMessages,
      visibilitySeconds: VisibilityTimeout,
    });
    const leftMs = deadlineMs - world.clock.now();
    if (messages.length > 0) return { Messages: messages.map((one) => show(one, world, input)) };
    if (leftMs <= 0) return {};
    await queue.untilVisible(leftMs);
  }
}

function show(message: Message, world: World, input: ReceiveMessageCommandInput): WireMessage {
  const system = systemAttributesOf(message, world.identity.accountId);
  const wanted = [...(input.AttributeNames ?? []), ...(input.MessageSystemAttributeNames ?? [])];
  const Attributes = Object.fromEntries(
    Object.entries(system).filter(
      ([name]) => wanted.includes('All') || wanted.some((one) => one === name),
    ),
  );
  const attributes = choose(message.attributes, input.MessageAttributeNames ?? []);
  const md5 = attributesMd5(attributes);
  return {
    MessageId: message.id,
    ReceiptHandle: message.receiptHandle,
    Body: message.body,
    MD5OfBody: md5Hex(message.body),
    ...(Object.keys(Attributes).length > 0 ? { Attributes } : {}),
    ...(md5
      ? {
          MD5OfMessageAttributes: md5,
          MessageAttributes: attributes as NonNullable<WireMessage['MessageAttributes']>,
        }
      : {}),
  };
}

/** `All`, `.*`, a name, or a prefix followed by `.*`. */
function choose(attributes: MessageAttributes, names: readonly string[]): MessageAttributes {
  const fits = (name: string) =>
    names.some(
      (wanted) =>
        wanted === 'All' ||
        wanted === name ||
        (wanted.endsWith('.*') && name.startsWith(wanted.slice(0, -2))),
    );
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => fits(name)));
}
