import type {
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
  TagResourceCommandInput,
  TagResourceCommandOutput,
  UntagResourceCommandInput,
  UntagResourceCommandOutput,
} from '@aws-sdk/client-sns';
import { AwsError } from '../core/aws-error.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import type { SnsModel } from './model.ts';

const mostTags = 50;

/** Tags of topics. */
export function tagOperations(model: SnsModel): Record<string, WireOperation> {
  const tagsOf = (arn = '') => {
    const topic = model.topics().find((one) => one.arn === arn);
    if (!topic) throw new AwsError('ResourceNotFoundException', 'Resource does not exist');
    return topic.tags;
  };
  return {
    ListTagsForResource: operation<
      ListTagsForResourceCommandInput,
      ListTagsForResourceCommandOutput
    >(['ResourceArn'], ({ ResourceArn }) => ({
      Tags: [...tagsOf(ResourceArn)].map(([Key, Value]) => ({ Key, Value })),
    })),
    TagResource: operation<TagResourceCommandInput, TagResourceCommandOutput>(
      ['ResourceArn', 'Tags'],
      ({ ResourceArn, Tags = [] }) => {
        const tags = tagsOf(ResourceArn);
        const keys = new Set([...tags.keys(), ...Tags.map(({ Key = '' }) => Key)]);
        if (keys.size > mostTags) {
          throw new AwsError(
            'TagLimitExceededException',
            `Could not complete request: tag quota of ${mostTags} per topic has been exceeded`,
          );
        }
        for (const { Key = '', Value = '' } of Tags) tags.set(Key, Value);
        return {};
      },
    ),
    UntagResource: operation<UntagResourceCommandInput, UntagResourceCommandOutput>(
      ['ResourceArn', 'TagKeys'],
      ({ ResourceArn, TagKeys = [] }) => {
        const tags = tagsOf(ResourceArn);
        for (const key of TagKeys) tags.delete(key);
        return {};
      },
    ),
  };
}
