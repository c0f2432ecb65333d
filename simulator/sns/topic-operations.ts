import type {
  CreateTopicCommandInput,
  CreateTopicCommandOutput,
  DeleteTopicCommandInput,
  DeleteTopicCommandOutput,
  GetTopicAttributesCommandInput,
  GetTopicAttributesCommandOutput,
  ListTopicsCommandInput,
  ListTopicsCommandOutput,
  PublishCommandInput,
  PublishCommandOutput,
} from '@aws-sdk/client-sns';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import type { SnsModel } from './model.ts';
import { pageOf } from './page.ts';

/** Operations on topics, and Publish. */
export function topicOperations(model: SnsModel, world: World): Record<string, WireOperation> {
  return {
    CreateTopic: operation<CreateTopicCommandInput, CreateTopicCommandOutput>(
      ['Name', 'Attributes'],
      ({ Name = '', Attributes }) => ({ TopicArn: model.createTopic(Name, Attributes).arn }),
    ),
    DeleteTopic: operation<DeleteTopicCommandInput, DeleteTopicCommandOutput>(
      ['TopicArn'],
      ({ TopicArn = '' }) => {
        model.deleteTopic(TopicArn);
        return {};
      },
    ),
    ListTopics: operation<ListTopicsCommandInput, ListTopicsCommandOutput>(
      ['NextToken'],
      ({ NextToken }) => {
        const { items, more } = pageOf(model.topics(), NextToken);
        return { Topics: items.map(({ arn }) => ({ TopicArn: arn })), ...more };
      },
    ),
    GetTopicAttributes: operation<GetTopicAttributesCommandInput, GetTopicAttributesCommandOutput>(
      ['TopicArn'],
      ({ TopicArn = '' }) => {
        const topic = model.topic(TopicArn);
        const confirmed = topic.subscriptions.filter((one) => one.confirmed).length;
        return {
          Attributes: {
            TopicArn: topic.arn,
            Owner: world.identity.accountId,
            DisplayName: '',
            SubscriptionsConfirmed: `${confirmed}`,
            SubscriptionsPending: `${topic.subscriptions.length - confirmed}`,
            SubscriptionsDeleted: '0',
            ...topic.attributes,
          },
        };
      },
    ),
    Publish: operation<PublishCommandInput, PublishCommandOutput>(
      ['TopicArn', 'TargetArn', 'Subject', 'Message', 'MessageStructure', 'MessageAttributes'],
      (input) => publish(model, input),
    ),
  };
}

function publish(
  model: SnsModel,
  input: PublishCommandInput,
): Omit<PublishCommandOutput, '$metadata'> {
  const topicArn = input.TopicArn || input.TargetArn;
  if (!topicArn) {
    throw new AwsError(
      'InvalidParameterException',
      'Invalid parameter: TopicArn or TargetArn Reason: no value for required parameter',
    );
  }
  const byProtocol =
    input.MessageStructure === undefined
      ? undefined
      : readStructure(input.MessageStructure, input.Message ?? '');
  const MessageId = model.publish(topicArn, {
    subject: input.Subject || undefined,
    message: byProtocol?.default ?? input.Message ?? '',
    byProtocol,
    attributes: input.MessageAttributes as Parameters<SnsModel['publish']>[1]['attributes'],
  });
  return { MessageId };
}

function readStructure(structure: string, message: string): Record<string, string> {
  let parsed: unknown;
  try {
    parsed = structure === 'json' ? JSON.parse(message) : undefined;
  } catch {
    parsed = undefined;
  }
  const texts = parsed as Record<string, unknown> | undefined | null;
  if (typeof texts !== 'object' || typeof texts?.default !== 'string') {
    throw new AwsError(
      'InvalidParameterException',
      'Invalid parameter: Message Structure - No default entry in JSON message body',
    );
  }
  return Object.fromEntries(
    Object.entries(texts).flatMap(([name, text]) =>
      typeof text === 'string' ? [[name, text]] : [],
    ),
  );
}
