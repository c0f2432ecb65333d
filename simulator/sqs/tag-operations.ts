import type {
  ListQueueTagsCommandInput,
  ListQueueTagsCommandOutput,
  TagQueueCommandInput,
  TagQueueCommandOutput,
  UntagQueueCommandInput,
  UntagQueueCommandOutput,
} from '@aws-sdk/client-sqs';
import { operation, type WireOperation } from '../wire/operation.ts';
import type { SqsModel } from './model.ts';

/** Tags of queues. */
export function tagOperations(model: SqsModel): Record<string, WireOperation> {
  return {
    ListQueueTags: operation<ListQueueTagsCommandInput, ListQueueTagsCommandOutput>(
      ['QueueUrl'],
      ({ QueueUrl = '' }) => {
        const { tags } = model.byUrl(QueueUrl);
        return tags.size > 0 ? { Tags: Object.fromEntries(tags) } : {};
      },
    ),
    TagQueue: operation<TagQueueCommandInput, TagQueueCommandOutput>(
      ['QueueUrl', 'Tags'],
      ({ QueueUrl = '', Tags = {} }) => {
        const { tags } = model.byUrl(QueueUrl);
        for (const [key, value] of Object.entries(Tags)) tags.set(key, value);
        return {};
      },
    ),
    UntagQueue: operation<UntagQueueCommandInput, UntagQueueCommandOutput>(
      ['QueueUrl', 'TagKeys'],
      ({ QueueUrl = '', TagKeys = [] }) => {
        const { tags } = model.byUrl(QueueUrl);
        for (const key of TagKeys) tags.delete(key);
        return {};
      },
    ),
  };
}
