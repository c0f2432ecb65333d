import type { TagResourceCommandInput, UntagResourceCommandInput } from '@aws-sdk/client-ecs';
import type { ResourceContext } from '../cloudformation/resource-provider.ts';
import type { ServiceApi } from '../cloudformation/service-api.ts';
import { type TemplateTag, tagChanges } from '../cloudformation/tag-changes.ts';

/** Tags of a template in the spelling of ECS. */
export function templateTags(tags: readonly TemplateTag[] | undefined) {
  return (tags ?? []).map(({ Key, Value }) => ({ key: Key, value: Value }));
}

export async function updateTags(
  api: ServiceApi,
  context: ResourceContext,
  resourceArn: string,
  before: readonly TemplateTag[] | undefined,
  after: readonly TemplateTag[] | undefined,
): Promise<void> {
  const { set, removed } = tagChanges(before, after);
  if (removed.length > 0) {
    await api<UntagResourceCommandInput>(
      'UntagResource',
      { resourceArn, tagKeys: removed },
      context,
    );
  }
  if (set.length > 0) {
    await api<TagResourceCommandInput>(
      'TagResource',
      { resourceArn, tags: templateTags(set) },
      context,
    );
  }
}
