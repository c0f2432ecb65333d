import type {
  CreateTopicCommandInput,
  CreateTopicCommandOutput,
  DeleteTopicCommandInput,
  DeleteTopicCommandOutput,
  GetTopicAttributesCommandInput,
  GetTopicAttributesCommandOutput,
  ListTopicsCommandInput,
  ListTopicsCommandOutput,
  SetTopicAttributesCommandInput,
  SetTopicAttributesCommandOutput,
} from '@aws-sdk/client-sns';
import type { World } from '../core/world.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import type { SnsModel } from './model.ts';
import { pageOf } from './page.ts';
import { describeTopic } from './topic-attributes.ts';

/** Operations on topics. */
export function topicOperations(model: SnsModel, world: World): Record<string, WireOperation> {
  return {
    CreateTopic: operation<CreateTopicCommandInput, CreateTopicCommandOutput>(
      ['Name', 'Attributes', 'Tags'],
      ({ Name = '', Attributes, Tags = [] }) => {
        const tags = new Map(Tags.map(({ Key = '', Value = '' }) => [Key, Value]));
        return { TopicArn: model.createTopic(Name, Attributes, tags).arn };
      },
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
      ({ TopicArn = '' }) => ({
        Attributes: describeTopic(model.topic(TopicArn), world.identity.accountId),
      }),
    ),
    SetTopicAttributes: operation<SetTopicAttributesCommandInput, SetTopicAttributesCommandOutput>(
      ['TopicArn', 'AttributeName', 'AttributeValue'],
      ({ TopicArn = '', AttributeName = '', AttributeValue = '' }) => {
        model.setTopicAttribute(TopicArn, AttributeName, AttributeValue);
        return {};
      },
    ),
  };
}
