import type {
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
  Tag,
  TagResourceCommandInput,
  TagResourceCommandOutput,
  UntagResourceCommandInput,
  UntagResourceCommandOutput,
} from '@aws-sdk/client-servicediscovery';
import { AwsError } from '../core/aws-error.ts';
import { operation, type WireService } from '../wire/operation.ts';
import type { ServiceDiscoveryModel } from './model.ts';

/** Cloud Map developer guide, "Tagging your resources". */
const mostTags = 50;

/** Throws AwsError `TooManyTagsException`. */
export function tagMap(tags: readonly Tag[] = []): Map<string, string> {
  return checked(new Map(tags.map(({ Key = '', Value = '' }) => [Key, Value])));
}

export function tagOperations(model: ServiceDiscoveryModel): WireService['operations'] {
  const tagsOf = (arn = ''): Map<string, string> => {
    const found = [...model.namespaces(), ...model.services()].find((each) => each.arn === arn);
    if (found) return found.tags;
    throw new AwsError('ResourceNotFoundException', `The resource ${arn} does not exist.`);
  };
  return {
    ListTagsForResource: operation<
      ListTagsForResourceCommandInput,
      ListTagsForResourceCommandOutput
    >(['ResourceARN'], ({ ResourceARN }) => ({
      Tags: [...tagsOf(ResourceARN)].map(([Key, Value]) => ({ Key, Value })),
    })),
    TagResource: operation<TagResourceCommandInput, TagResourceCommandOutput>(
      ['ResourceARN', 'Tags'],
      ({ ResourceARN, Tags }) => {
        const tags = tagsOf(ResourceARN);
        const added = tagMap(Tags);
        checked(new Map([...tags, ...added]));
        for (const [key, value] of added) tags.set(key, value);
        return {};
      },
    ),
    UntagResource: operation<UntagResourceCommandInput, UntagResourceCommandOutput>(
      ['ResourceARN', 'TagKeys'],
      ({ ResourceARN, TagKeys = [] }) => {
        const tags = tagsOf(ResourceARN);
        for (const key of TagKeys) tags.delete(key);
        return {};
      },
    ),
  };
}

function checked(tags: Map<string, string>): Map<string, string> {
  if (tags.size <= mostTags) return tags;
  throw new AwsError(
    'TooManyTagsException',
    `A resource has at most ${mostTags} tags, not ${tags.size}.`,
  );
}
