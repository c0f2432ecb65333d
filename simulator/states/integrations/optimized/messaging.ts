import { StatesError } from '../../interpreter/states-error.ts';
import { asText, type Fields, type Optimized, withMetadata } from './optimized.ts';

/** `sqs:sendMessage` (SQS page). */
export const sqsSendMessage: Optimized = {
  service: 'sqs',
  operation: 'SendMessage',
  errors: { prefix: 'SQS', undeclared: 'AmazonSQSException' },
  request: (parameters) => ({ ...parameters, MessageBody: asText(parameters.MessageBody) }),
  result: withMetadata,
};

/** `sns:publish` (SNS page). */
export const snsPublish: Optimized = {
  service: 'sns',
  operation: 'Publish',
  errors: { prefix: 'SNS', undeclared: 'AmazonSNSException' },
  request: (parameters) => ({ ...parameters, Message: asText(parameters.Message) }),
  result: withMetadata,
};

/**
 * `events:putEvents`: the machine and the execution are added to each entry's resources, and an entry that
 * is refused fails the Task (EventBridge page, recorded AWS answers).
 */
export const eventsPutEvents: Optimized = {
  service: 'eventbridge',
  operation: 'PutEvents',
  errors: { prefix: 'EventBridge', undeclared: 'AmazonEventBridgeException' },
  request: (parameters, { execution }) => ({
    ...parameters,
    Entries: (parameters.Entries as Fields[] | undefined)?.map((entry) => ({
      ...entry,
      Detail: asText(entry.Detail),
      Resources: [
        ...((entry.Resources as string[] | undefined) ?? []),
        execution.machine.arn,
        execution.arn,
      ],
    })),
  }),
  result: ({ output }) => {
    const { Entries, FailedEntryCount = 0 } = output;
    const result = { Entries, FailedEntryCount };
    if (FailedEntryCount === 0) return result;
    throw new StatesError('EventBridge.FailedEntry', JSON.stringify(result));
  },
};
