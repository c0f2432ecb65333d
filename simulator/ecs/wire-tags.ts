import type {
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
  TagResourceCommandInput,
  TagResourceCommandOutput,
  UntagResourceCommandInput,
  UntagResourceCommandOutput,
} from '@aws-sdk/client-ecs';
import { operation, type WireService } from '../wire/operation.ts';
import type { EcsModel } from './model.ts';
import { invalidParameter } from './service-rules.ts';
import { addTags, tagList } from './tags.ts';

export function tagOperations(model: EcsModel): WireService['operations'] {
  return {
    ListTagsForResource: operation<
      ListTagsForResourceCommandInput,
      ListTagsForResourceCommandOutput
    >(['resourceArn'], (input) => ({ tags: tagList(tagsOf(model, input.resourceArn)) })),
    TagResource: operation<TagResourceCommandInput, TagResourceCommandOutput>(
      ['resourceArn', 'tags'],
      (input) => {
        addTags(tagsOf(model, input.resourceArn), input.tags);
        return {};
      },
    ),
    UntagResource: operation<UntagResourceCommandInput, UntagResourceCommandOutput>(
      ['resourceArn', 'tagKeys'],
      (input) => {
        const tags = tagsOf(model, input.resourceArn);
        for (const key of input.tagKeys ?? []) tags.delete(key);
        return {};
      },
    ),
  };
}

function taskSet(model: EcsModel, arn: string) {
  return model.services
    .all()
    .flatMap(({ taskSets }) => taskSets)
    .find((each) => each.arn === arn);
}

function containerInstance({ clusters, placements }: EcsModel, arn: string) {
  return clusters
    .all()
    .flatMap((cluster) => placements.instances.ofCluster(cluster))
    .find((each) => each.arn === arn);
}

function tagsOf(model: EcsModel, arn = ''): Map<string, string> {
  const [, kind] = /^arn:aws:ecs:[^:]*:\d*:([a-z-]+)\//.exec(arn) ?? [];
  const found =
    (kind === 'cluster' && model.clusters.find(arn)) ||
    (kind === 'service' && model.services.all().find((service) => service.arn === arn)) ||
    (kind === 'task' && model.tasks.all().find((task) => task.arn === arn)) ||
    (kind === 'capacity-provider' && model.placements.providers.find(arn)) ||
    (kind === 'container-instance' && containerInstance(model, arn)) ||
    (kind === 'task-set' && taskSet(model, arn)) ||
    (kind === 'task-definition' && model.taskDefinitions.find(arn));
  if (!found) throw invalidParameter('The specified resource does not exist.');
  return found.tags;
}
