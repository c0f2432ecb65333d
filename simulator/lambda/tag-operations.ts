import type {
  ListTagsCommandInput,
  ListTagsCommandOutput,
  TagResourceCommandInput,
  TagResourceCommandOutput,
  UntagResourceCommandInput,
  UntagResourceCommandOutput,
} from '@aws-sdk/client-lambda';
import { operation, type WireOperation } from '../wire/operation.ts';
import type { LambdaModel } from './model.ts';

/** Tags of functions. */
export function tagOperations({ functions }: LambdaModel): Record<string, WireOperation> {
  return {
    ListTags: operation<ListTagsCommandInput, ListTagsCommandOutput>(
      ['Resource'],
      ({ Resource = '' }) => ({ Tags: { ...functions.get(Resource).definition.tags } }),
    ),

    TagResource: operation<TagResourceCommandInput, TagResourceCommandOutput>(
      ['Resource', 'Tags'],
      ({ Resource = '', Tags = {} }) => {
        const stored = functions.get(Resource);
        const { definition } = stored;
        stored.definition = { ...definition, tags: { ...definition.tags, ...Tags } };
        return {};
      },
    ),

    UntagResource: operation<UntagResourceCommandInput, UntagResourceCommandOutput>(
      ['Resource', 'TagKeys'],
      ({ Resource = '', TagKeys = [] }) => {
        const stored = functions.get(Resource);
        const kept = Object.entries(stored.definition.tags).filter(
          ([key]) => !TagKeys.includes(key),
        );
        stored.definition = { ...stored.definition, tags: Object.fromEntries(kept) };
        return {};
      },
    ),
  };
}
