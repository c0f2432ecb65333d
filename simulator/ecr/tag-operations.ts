import type {
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
  TagResourceCommandInput,
  TagResourceCommandOutput,
  UntagResourceCommandInput,
  UntagResourceCommandOutput,
} from '@aws-sdk/client-ecr';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import { repositoryArn } from './describe-repository.ts';
import { ecrErrors } from './ecr-errors.ts';
import type { EcrModel } from './model.ts';

const mostTags = 50;

/** Tags of repositories. */
export function tagOperations(
  { repositories }: EcrModel,
  world: World,
): Readonly<Record<string, WireOperation>> {
  const optionsOf = (resourceArn = '') => {
    const prefix = repositoryArn(world, '');
    if (!resourceArn.startsWith(prefix)) {
      throw ecrErrors.invalidParameter(`'${resourceArn}' is not the ARN of a repository here`);
    }
    return repositories.get(resourceArn.slice(prefix.length)).options;
  };
  return {
    ListTagsForResource: operation<
      ListTagsForResourceCommandInput,
      ListTagsForResourceCommandOutput
    >(['resourceArn'], ({ resourceArn }) => ({ tags: [...optionsOf(resourceArn).resourceTags] })),
    TagResource: operation<TagResourceCommandInput, TagResourceCommandOutput>(
      ['resourceArn', 'tags'],
      ({ resourceArn, tags = [] }) => {
        const options = optionsOf(resourceArn);
        const byKey = new Map(options.resourceTags.map((tag) => [tag.Key, tag]));
        for (const tag of tags) byKey.set(tag.Key, tag);
        if (byKey.size > mostTags) {
          throw new AwsError('TooManyTagsException', `A repository has at most ${mostTags} tags`);
        }
        options.resourceTags = [...byKey.values()];
        return {};
      },
    ),
    UntagResource: operation<UntagResourceCommandInput, UntagResourceCommandOutput>(
      ['resourceArn', 'tagKeys'],
      ({ resourceArn, tagKeys = [] }) => {
        const options = optionsOf(resourceArn);
        options.resourceTags = options.resourceTags.filter(
          ({ Key = '' }) => !tagKeys.includes(Key),
        );
        return {};
      },
    ),
  };
}
