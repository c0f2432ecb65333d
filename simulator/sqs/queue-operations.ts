import type {
  CreateQueueCommandInput,
  CreateQueueCommandOutput,
  DeleteQueueCommandInput,
  DeleteQueueCommandOutput,
  GetQueueAttributesCommandInput,
  GetQueueAttributesCommandOutput,
  GetQueueUrlCommandInput,
  GetQueueUrlCommandOutput,
  ListDeadLetterSourceQueuesCommandInput,
  ListDeadLetterSourceQueuesCommandOutput,
  ListQueuesCommandInput,
  ListQueuesCommandOutput,
  PurgeQueueCommandInput,
  PurgeQueueCommandOutput,
  SetQueueAttributesCommandInput,
  SetQueueAttributesCommandOutput,
} from '@aws-sdk/client-sqs';
import { AwsError } from '../core/aws-error.ts';
import { pageOf } from '../core/page.ts';
import type { World } from '../core/world.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import type { SqsModel } from './model.ts';
import type { Queue } from './queue.ts';
import { withDefaults } from './queue-attributes.ts';
import { redrivePolicy } from './redrive-policy.ts';

/** Operations on queues. */
export function queueOperations(model: SqsModel, world: World): Record<string, WireOperation> {
  return {
    CreateQueue: operation<CreateQueueCommandInput, CreateQueueCommandOutput>(
      ['QueueName', 'Attributes', 'tags'],
      ({ QueueName = '', Attributes = {}, tags = {} }) => {
        const attributes = Attributes as Record<string, string>;
        const queue = model.createQueue(QueueName, attributes, new Map(Object.entries(tags)));
        return { QueueUrl: model.urlOf(queue) };
      },
    ),
    DeleteQueue: operation<DeleteQueueCommandInput, DeleteQueueCommandOutput>(
      ['QueueUrl'],
      ({ QueueUrl = '' }) => {
        model.deleteQueue(model.byUrl(QueueUrl));
        return {};
      },
    ),
    GetQueueUrl: operation<GetQueueUrlCommandInput, GetQueueUrlCommandOutput>(
      ['QueueName', 'QueueOwnerAWSAccountId'],
      ({ QueueName = '', QueueOwnerAWSAccountId: owner = world.identity.accountId }) => ({
        QueueUrl: model.urlOf(model.byName(owner === world.identity.accountId ? QueueName : '')),
      }),
    ),
    ListQueues: operation<ListQueuesCommandInput, ListQueuesCommandOutput>(
      ['QueueNamePrefix', 'MaxResults', 'NextToken'],
      ({ QueueNamePrefix = '', MaxResults, NextToken = '' }) => {
        const limit = MaxResults ?? 1000;
        const rest = model
          .queues()
          .filter(({ name }) => name.startsWith(QueueNamePrefix) && name > NextToken);
        const page = rest.slice(0, limit);
        const more = MaxResults !== undefined && rest.length > limit;
        return {
          ...(page.length > 0 ? { QueueUrls: page.map((queue) => model.urlOf(queue)) } : {}),
          ...(more ? { NextToken: page.at(-1)?.name ?? '' } : {}),
        };
      },
    ),
    GetQueueAttributes: operation<GetQueueAttributesCommandInput, GetQueueAttributesCommandOutput>(
      ['QueueUrl', 'AttributeNames'],
      ({ QueueUrl = '', AttributeNames = [] }) => {
        const all = describeQueue(model.byUrl(QueueUrl));
        const chosen = AttributeNames.includes('All')
          ? Object.entries(all)
          : AttributeNames.map((name) => [name, attributeOf(all, name)] as const);
        const Attributes = Object.fromEntries(chosen.filter(([, value]) => value !== undefined));
        return Object.keys(Attributes).length > 0 ? { Attributes } : {};
      },
    ),
    SetQueueAttributes: operation<SetQueueAttributesCommandInput, SetQueueAttributesCommandOutput>(
      ['QueueUrl', 'Attributes'],
      ({ QueueUrl = '', Attributes = {} }) => {
        model.setAttributes(model.byUrl(QueueUrl), Attributes as Record<string, string>);
        return {};
      },
    ),
    ListDeadLetterSourceQueues: operation<
      ListDeadLetterSourceQueuesCommandInput,
      ListDeadLetterSourceQueuesCommandOutput
    >(['QueueUrl', 'MaxResults', 'NextToken'], ({ QueueUrl = '', MaxResults, NextToken }) => {
      const { arn } = model.byUrl(QueueUrl);
      const sources = model
        .queues()
        .filter((one) => redrivePolicy(one.attributes.RedrivePolicy)?.deadLetterTargetArn === arn);
      const refuse = () => new AwsError('InvalidParameterValue', 'Invalid NextToken value.');
      const size = MaxResults ?? 1000;
      const { items, next } = pageOf(sources, { token: NextToken, size, refuse });
      return {
        queueUrls: items.map((queue) => model.urlOf(queue)),
        ...(next !== undefined && { NextToken: next }),
      };
    }),
    PurgeQueue: operation<PurgeQueueCommandInput, PurgeQueueCommandOutput>(
      ['QueueUrl'],
      ({ QueueUrl = '' }) => {
        model.byUrl(QueueUrl).purge();
        return {};
      },
    ),
  };
}

/** Settable attributes with no value; all others are always shown. */
const unset = [
  'Policy',
  'RedrivePolicy',
  'RedriveAllowPolicy',
  'KmsMasterKeyId',
  'KmsDataKeyReusePeriodSeconds',
  'FifoQueue',
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'FifoThroughputLimit',
];

function attributeOf(all: Record<string, string>, name: string): string | undefined {
  if (all[name] === undefined && !unset.includes(name)) {
    throw new AwsError(
      'InvalidAttributeName',
      `Unknown Attribute ${name}, or one that is not simulated`,
    );
  }
  return all[name];
}

function describeQueue(queue: Queue): Record<string, string> {
  const { visible, inFlight, delayed } = queue.counts();
  return {
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: `${visible}`,
    ApproximateNumberOfMessagesNotVisible: `${inFlight}`,
    ApproximateNumberOfMessagesDelayed: `${delayed}`,
    CreatedTimestamp: `${Math.floor(queue.createdMs / 1000)}`,
    LastModifiedTimestamp: `${Math.floor(queue.modifiedMs / 1000)}`,
    ...withDefaults(queue.attributes),
  };
}
