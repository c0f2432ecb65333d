import type {
  AddTagsCommandInput,
  RemoveTagsCommandInput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { ResourceContext } from '../cloudformation/resource-provider.ts';
import type { ServiceApi } from '../cloudformation/service-api.ts';
import { type TemplateTag, tagChanges } from '../cloudformation/tag-changes.ts';

export async function updateTags(
  api: ServiceApi,
  context: ResourceContext,
  arn: string,
  before: readonly TemplateTag[] | undefined,
  after: readonly TemplateTag[] | undefined,
): Promise<void> {
  const { set, removed } = tagChanges(before, after);
  const ResourceArns = [arn];
  if (removed.length > 0) {
    await api<RemoveTagsCommandInput>('RemoveTags', { ResourceArns, TagKeys: removed }, context);
  }
  if (set.length > 0)
    await api<AddTagsCommandInput>('AddTags', { ResourceArns, Tags: set }, context);
}
