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

type Tags = Readonly<Record<string, string>>;

/** Tags of functions and event source mappings. */
export function tagOperations({
  functions,
  eventSources,
}: LambdaModel): Record<string, WireOperation> {
  const tagged = (resource: string): { tags: Tags; set: (tags: Tags) => void } => {
    const [, , , , , type, id = ''] = resource.split(':');
    if (type === 'event-source-mapping') {
      return { tags: eventSources.get(id).tags, set: (tags) => eventSources.setTags(id, tags) };
    }
    const stored = functions.get(resource);
    return {
      tags: stored.definition.tags,
      set: (tags) => {
        stored.definition = { ...stored.definition, tags };
      },
    };
  };
  return {
    ListTags: operation<ListTagsCommandInput, ListTagsCommandOutput>(
      ['Resource'],
      ({ Resource = '' }) => ({ Tags: { ...tagged(Resource).tags } }),
    ),

    TagResource: operation<TagResourceCommandInput, TagResourceCommandOutput>(
      ['Resource', 'Tags'],
      ({ Resource = '', Tags: added = {} }) => {
        const { tags, set } = tagged(Resource);
        set({ ...tags, ...added });
        return {};
      },
    ),

    UntagResource: operation<UntagResourceCommandInput, UntagResourceCommandOutput>(
      ['Resource', 'TagKeys'],
      ({ Resource = '', TagKeys = [] }) => {
        const { tags, set } = tagged(Resource);
        const kept = Object.entries(tags).filter(([key]) => !TagKeys.includes(key));
        set(Object.fromEntries(kept));
        return {};
      },
    ),
  };
}
