import type {
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
  ListTagsLogGroupCommandInput,
  ListTagsLogGroupCommandOutput,
  TagLogGroupCommandInput,
  TagLogGroupCommandOutput,
  TagResourceCommandInput,
  TagResourceCommandOutput,
  UntagLogGroupCommandInput,
  UntagLogGroupCommandOutput,
  UntagResourceCommandInput,
  UntagResourceCommandOutput,
} from '@aws-sdk/client-cloudwatch-logs';
import { AwsError } from '../core/aws-error.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import type { LogGroup } from './log-stream.ts';
import type { LogsModel } from './model.ts';

const tagsLimit = 50;

/** Tags by ARN, and by group name in the older operations that clients still call. */
export function tagOperations(model: LogsModel): Record<string, WireOperation> {
  return {
    ListTagsForResource: operation<
      ListTagsForResourceCommandInput,
      ListTagsForResourceCommandOutput
    >(['resourceArn'], ({ resourceArn = '' }) => ({
      tags: Object.fromEntries(model.groupByArn(resourceArn).tags),
    })),
    ListTagsLogGroup: operation<ListTagsLogGroupCommandInput, ListTagsLogGroupCommandOutput>(
      ['logGroupName'],
      ({ logGroupName = '' }) => ({ tags: Object.fromEntries(model.group(logGroupName).tags) }),
    ),
    TagResource: operation<TagResourceCommandInput, TagResourceCommandOutput>(
      ['resourceArn', 'tags'],
      ({ resourceArn = '', tags = {} }) => addTags(model.groupByArn(resourceArn), tags),
    ),
    TagLogGroup: operation<TagLogGroupCommandInput, TagLogGroupCommandOutput>(
      ['logGroupName', 'tags'],
      ({ logGroupName = '', tags = {} }) => addTags(model.group(logGroupName), tags),
    ),
    UntagResource: operation<UntagResourceCommandInput, UntagResourceCommandOutput>(
      ['resourceArn', 'tagKeys'],
      ({ resourceArn = '', tagKeys = [] }) => removeTags(model.groupByArn(resourceArn), tagKeys),
    ),
    UntagLogGroup: operation<UntagLogGroupCommandInput, UntagLogGroupCommandOutput>(
      ['logGroupName', 'tags'],
      ({ logGroupName = '', tags = [] }) => removeTags(model.group(logGroupName), tags),
    ),
  };
}

export function addTags(group: LogGroup, tags: Readonly<Record<string, string>>): object {
  const next = new Map([...group.tags, ...Object.entries(tags)]);
  if (next.size > tagsLimit) {
    throw new AwsError('TooManyTagsException', `A log group has at most ${tagsLimit} tags`);
  }
  for (const [key, value] of Object.entries(tags)) group.tags.set(key, value);
  return {};
}

function removeTags(group: LogGroup, keys: readonly string[]): object {
  for (const key of keys) group.tags.delete(key);
  return {};
}
