import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';

/** A standard queue that keeps what could not be handled for SQS's maximum of 14 days (aws-facts 1.4). */
export function deadLetterQueue(scope: Construct, id: string, queueName: string): Queue {
  const queue = new Queue(scope, id, {
    queueName,
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
    removalPolicy: RemovalPolicy.DESTROY,
  });
  acknowledge(queue, {
    'AwsSolutions-SQS3':
      'This is itself a dead-letter queue: of EventBridge targets or of asynchronous invocations, which the rule does not see',
  });
  return queue;
}
