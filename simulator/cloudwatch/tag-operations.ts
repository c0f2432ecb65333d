import type {
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
  TagResourceCommandInput,
  TagResourceCommandOutput,
  UntagResourceCommandInput,
  UntagResourceCommandOutput,
} from '@aws-sdk/client-cloudwatch';
import { operation, type WireOperation } from '../wire/operation.ts';
import type { CloudWatchModel } from './model.ts';

/** Tags of alarms and dashboards. */
export function tagOperations(model: CloudWatchModel): Record<string, WireOperation> {
  return {
    ListTagsForResource: operation<
      ListTagsForResourceCommandInput,
      ListTagsForResourceCommandOutput
    >(['ResourceARN'], ({ ResourceARN }) => ({
      Tags: model.tags.list(model.requireResource(ResourceARN)),
    })),
    TagResource: operation<TagResourceCommandInput, TagResourceCommandOutput>(
      ['ResourceARN', 'Tags'],
      ({ ResourceARN, Tags = [] }) => {
        model.tags.add(model.requireResource(ResourceARN), Tags);
        return {};
      },
    ),
    UntagResource: operation<UntagResourceCommandInput, UntagResourceCommandOutput>(
      ['ResourceARN', 'TagKeys'],
      ({ ResourceARN, TagKeys = [] }) => {
        model.tags.remove(model.requireResource(ResourceARN), TagKeys);
        return {};
      },
    ),
  };
}
