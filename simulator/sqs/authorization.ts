import type { Identity } from '../core/arns.ts';
import {
  anyResource,
  type RequestMembers,
  requestTagKeys,
  type ServiceAuthorization,
  sameNeeds,
  tagging,
  text,
} from '../wire/authorization.ts';

/** Actions on Amazon SQS; batch operations need the action of the single one. */
export function sqsAuthorization(
  { region, accountId }: Identity,
  policyOf: (queueName: string) => string | undefined,
): ServiceAuthorization {
  const nameOf = ({ QueueUrl, QueueName }: RequestMembers) =>
    text(QueueName) || text(QueueUrl).replace(/^.*\//, '');
  const onQueue = (input: RequestMembers) => ({
    resource: `arn:aws:sqs:${region}:${accountId}:${nameOf(input)}`,
    resourcePolicy: policyOf(nameOf(input)),
  });
  const as = (action: string) => (input: RequestMembers) => ({ action, ...onQueue(input) });
  return {
    prefix: 'sqs',
    operations: {
      ...anyResource('ListQueues'),
      ...sameNeeds(
        onQueue,
        'AddPermission',
        'ChangeMessageVisibility',
        'DeleteMessage',
        'DeleteQueue',
        'GetQueueAttributes',
        'GetQueueUrl',
        'ListDeadLetterSourceQueues',
        'ListQueueTags',
        'PurgeQueue',
        'ReceiveMessage',
        'RemovePermission',
        'SendMessage',
        'SetQueueAttributes',
      ),
      SendMessageBatch: as('sqs:SendMessage'),
      DeleteMessageBatch: as('sqs:DeleteMessage'),
      ChangeMessageVisibilityBatch: as('sqs:ChangeMessageVisibility'),
      CreateQueue: (input) => [
        { ...onQueue(input), keys: requestTagKeys(input.tags) },
        ...tagging('sqs:TagQueue', onQueue(input).resource, input.tags),
      ],
      TagQueue: (input) => ({ ...onQueue(input), keys: requestTagKeys(input.Tags) }),
      UntagQueue: onQueue,
    },
  };
}
