import type {
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
  Tag,
  TagResourceCommandInput,
  TagResourceCommandOutput,
  UntagResourceCommandInput,
  UntagResourceCommandOutput,
} from '@aws-sdk/client-sfn';
import { AwsError } from '../../core/aws-error.ts';
import { operation, type WireOperation } from '../../wire/operation.ts';
import type { StatesModel } from '../model.ts';
import { withoutTags, withTags } from '../tags/tag-rules.ts';

interface Tagged {
  readonly tags: readonly Tag[];
  replace(tags: readonly Tag[]): void;
}

/** Tags of state machines and activities. */
export function tagOperations(model: StatesModel): Record<string, WireOperation> {
  return {
    ListTagsForResource: operation<
      ListTagsForResourceCommandInput,
      ListTagsForResourceCommandOutput
    >(['resourceArn'], ({ resourceArn = '' }) => ({ tags: [...tagged(model, resourceArn).tags] })),
    TagResource: operation<TagResourceCommandInput, TagResourceCommandOutput>(
      ['resourceArn', 'tags'],
      ({ resourceArn = '', tags = [] }) => {
        const resource = tagged(model, resourceArn);
        resource.replace(withTags(resource.tags, tags));
        return {};
      },
    ),
    UntagResource: operation<UntagResourceCommandInput, UntagResourceCommandOutput>(
      ['resourceArn', 'tagKeys'],
      ({ resourceArn = '', tagKeys = [] }) => {
        const resource = tagged(model, resourceArn);
        resource.replace(withoutTags(resource.tags, tagKeys));
        return {};
      },
    ),
  };
}

function tagged({ machines, activities }: StatesModel, arn: string): Tagged {
  if (!/^arn:aws[a-z-]*:states:[^:]+:\d{12}:(stateMachine|activity):[^:]+$/.test(arn)) {
    throw new AwsError('InvalidArn', `Invalid Arn: '${arn}'`);
  }
  const activity = activities.find(arn);
  if (activity) {
    return {
      tags: activity.tags,
      replace: (tags) => {
        activity.tags = tags;
      },
    };
  }
  const machine = machines.list().find((one) => one.arn === arn);
  if (machine) return { tags: machine.tags, replace: (tags) => machines.setTags(arn, tags) };
  throw new AwsError('ResourceNotFound', `Resource not found: '${arn}'`, {
    members: { resourceName: arn },
  });
}
