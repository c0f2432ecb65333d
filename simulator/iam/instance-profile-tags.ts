import type {
  ListInstanceProfileTagsCommandInput,
  ListInstanceProfileTagsCommandOutput,
  TagInstanceProfileCommandInput,
  TagInstanceProfileCommandOutput,
  UntagInstanceProfileCommandInput,
  UntagInstanceProfileCommandOutput,
} from '@aws-sdk/client-iam';
import { operation, type WireOperation } from '../wire/operation.ts';
import type { IamModel } from './model.ts';
import { tagMapOf, wireTags } from './name-rules.ts';
import { iamPage } from './page.ts';

/** Tags of instance profiles after their creation. */
export function instanceProfileTagOperations({
  instanceProfiles,
}: IamModel): Record<string, WireOperation> {
  return {
    TagInstanceProfile: operation<TagInstanceProfileCommandInput, TagInstanceProfileCommandOutput>(
      ['InstanceProfileName', 'Tags'],
      ({ InstanceProfileName = '', Tags }) => {
        const { tags } = instanceProfiles.require(InstanceProfileName);
        for (const [key, value] of tagMapOf(Tags)) tags.set(key, value);
        return {};
      },
    ),
    UntagInstanceProfile: operation<
      UntagInstanceProfileCommandInput,
      UntagInstanceProfileCommandOutput
    >(['InstanceProfileName', 'TagKeys'], ({ InstanceProfileName = '', TagKeys = [] }) => {
      const { tags } = instanceProfiles.require(InstanceProfileName);
      for (const key of TagKeys) tags.delete(key);
      return {};
    }),
    ListInstanceProfileTags: operation<
      ListInstanceProfileTagsCommandInput,
      ListInstanceProfileTagsCommandOutput
    >(['InstanceProfileName', 'Marker', 'MaxItems'], ({ InstanceProfileName = '', ...paging }) => {
      const { tags } = instanceProfiles.require(InstanceProfileName);
      const { items, more } = iamPage(wireTags(tags), paging);
      return { Tags: items, ...more };
    }),
  };
}
