import type {
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
  Tag,
  TagResourceCommandInput,
  TagResourceCommandOutput,
  UntagResourceCommandInput,
  UntagResourceCommandOutput,
} from '@aws-sdk/client-eventbridge';
import { AwsError } from '../core/aws-error.ts';
import { operation, type WireService } from '../wire/operation.ts';
import type { EventsModel } from './model.ts';

interface Tagged {
  get(): readonly Tag[];
  set(tags: readonly Tag[]): void;
}

export function tagOperations(model: EventsModel): WireService['operations'] {
  return {
    ListTagsForResource: operation<
      ListTagsForResourceCommandInput,
      ListTagsForResourceCommandOutput
    >(['ResourceARN'], ({ ResourceARN }) => ({ Tags: [...tagged(model, ResourceARN).get()] })),

    TagResource: operation<TagResourceCommandInput, TagResourceCommandOutput>(
      ['ResourceARN', 'Tags'],
      ({ ResourceARN, Tags = [] }) => {
        const resource = tagged(model, ResourceARN);
        const keys = new Set(Tags.map(({ Key }) => Key));
        resource.set([...resource.get().filter(({ Key }) => !keys.has(Key)), ...Tags]);
        return {};
      },
    ),

    UntagResource: operation<UntagResourceCommandInput, UntagResourceCommandOutput>(
      ['ResourceARN', 'TagKeys'],
      ({ ResourceARN, TagKeys = [] }) => {
        const resource = tagged(model, ResourceARN);
        resource.set(resource.get().filter(({ Key = '' }) => !TagKeys.includes(Key)));
        return {};
      },
    ),
  };
}

function tagged(model: EventsModel, resourceArn: string | undefined): Tagged {
  for (const bus of model.buses.all()) {
    if (bus.arn === resourceArn) {
      return {
        get: () => bus.tags,
        set: (tags) => {
          bus.tags = tags;
        },
      };
    }
    const rule = bus.rules.all().find(({ definition }) => definition.arn === resourceArn);
    if (rule) {
      return {
        get: () => rule.definition.tags,
        set: (tags) => rule.redefine({ ...rule.definition, tags }),
      };
    }
  }
  const [, , , , , resource = ''] = (resourceArn ?? '').split(':');
  throw new AwsError(
    'ResourceNotFoundException',
    resource.startsWith('rule/')
      ? `Rule ${resource.split('/').at(-1)} does not exist on EventBus default.`
      : `No resource has the ARN ${resourceArn}.`,
  );
}
