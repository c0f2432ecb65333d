import type { World } from '../core/world.ts';
import { fifoCallsPerSecond } from '../quotas/messaging-quotas.ts';
import type { WireOperation } from '../wire/operation.ts';
import type { SqsModel } from './model.ts';

/** Actions on messages; a batch counts as one call of its action (SQS message quotas: 300 calls of ten messages). */
const action = /^(SendMessage|ReceiveMessage|DeleteMessage|ChangeMessageVisibility)(Batch)?$/;

/** Calls for the messages of a FIFO queue take from the bucket of the queue and action. */
export function rateLimited(
  name: string,
  operation: WireOperation,
  model: SqsModel,
  { quotas }: World,
): WireOperation {
  const [, one] = action.exec(name) ?? [];
  if (one === undefined) return operation;
  return {
    ...operation,
    handle: (input, context) => {
      const { arn, attributes } = model.byUrl((input as { QueueUrl?: string }).QueueUrl ?? '');
      if (attributes.FifoQueue === 'true') {
        const high =
          attributes.FifoThroughputLimit === 'perMessageGroupId' &&
          attributes.DeduplicationScope === 'messageGroup';
        quotas.spend('sqs', `${one} ${arn}`, fifoCallsPerSecond(quotas.region, high));
      }
      return operation.handle(input, context);
    },
  };
}
