import type {
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
  TagResourceCommandInput,
  TagResourceCommandOutput,
  UntagResourceCommandInput,
  UntagResourceCommandOutput,
} from '@aws-sdk/client-codedeploy';
import { AwsError } from '../core/aws-error.ts';
import { operation, type WireService } from '../wire/operation.ts';
import type { CodeDeployModel } from './model.ts';
import { page } from './page.ts';
import { requireTaggable } from './resource-arn.ts';

export function tagOperations({ applications }: CodeDeployModel): WireService['operations'] {
  return {
    ListTagsForResource: operation<
      ListTagsForResourceCommandInput,
      ListTagsForResourceCommandOutput
    >(['ResourceArn', 'NextToken'], ({ ResourceArn, NextToken }) => {
      const tags = applications.tags.list(requireTaggable(applications, ResourceArn));
      const { items, next } = page(tags, NextToken);
      return { Tags: items, ...(next.nextToken && { NextToken: next.nextToken }) };
    }),

    TagResource: operation<TagResourceCommandInput, TagResourceCommandOutput>(
      ['ResourceArn', 'Tags'],
      ({ ResourceArn, Tags = [] }) => {
        applications.tags.add(requireTaggable(applications, ResourceArn), requireSome(Tags));
        return {};
      },
    ),

    UntagResource: operation<UntagResourceCommandInput, UntagResourceCommandOutput>(
      ['ResourceArn', 'TagKeys'],
      ({ ResourceArn, TagKeys = [] }) => {
        applications.tags.remove(requireTaggable(applications, ResourceArn), requireSome(TagKeys));
        return {};
      },
    ),
  };
}

/** An empty list is as good as none [model TagResource, UntagResource]. */
function requireSome<T>(given: readonly T[]): readonly T[] {
  if (given.length > 0) return given;
  throw new AwsError('TagRequiredException', 'At least one tag is required');
}
