import type {
  CreateTagsCommandInput,
  CreateTagsCommandOutput,
  DeleteTagsCommandInput,
  DeleteTagsCommandOutput,
  DescribeTagsCommandInput,
  DescribeTagsCommandOutput,
  TagDescription,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../core/aws-error.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import { ec2Filter, ec2Page, type FilterTexts, refuseDryRun } from './filters.ts';
import { type Ec2Kind, type Ec2Model, type Ec2Resource, kindOfId } from './model.ts';
import { addTags, removeTags, tagsOf } from './tags.ts';

/** Kinds as tags name them; the others cannot be tagged. */
const resourceTypes: Partial<Record<Ec2Kind, string>> = {
  vpc: 'vpc',
  subnet: 'subnet',
  'route table': 'route-table',
  'internet gateway': 'internet-gateway',
  'NAT gateway': 'natgateway',
  'elastic IP': 'elastic-ip',
  'security group': 'security-group',
  'security group rule': 'security-group-rule',
  'VPC endpoint': 'vpc-endpoint',
  'flow log': 'vpc-flow-log',
};
const mostTags = 50;

/** Tags of any resource. */
export function tagOperations(model: Ec2Model): Record<string, WireOperation> {
  const required = (ids: readonly string[] = []): Ec2Resource[] =>
    ids.map((id) => {
      const found = model.find(id);
      if (found && resourceTypes[found.kind]) return found;
      const kind = kindOfId(id);
      // Clients wait for what they have just made by this code (Terraform's provider retries on `.NotFound`).
      if (!found && kind) return model.require(kind, id);
      throw new AwsError('InvalidID', `The ID '${id}' is not valid`);
    });
  const texts: FilterTexts<TagDescription> = {
    key: ({ Key }) => [Key],
    value: ({ Value }) => [Value],
    'resource-id': ({ ResourceId }) => [ResourceId],
    'resource-type': ({ ResourceType }) => [ResourceType],
  };
  return {
    CreateTags: operation<CreateTagsCommandInput, CreateTagsCommandOutput>(
      ['Resources', 'Tags', 'DryRun'],
      (input) => {
        refuseDryRun(input);
        const resources = required(input.Resources);
        for (const each of resources) checkTags(each, input.Tags ?? []);
        for (const each of resources) addTags(model, each, input.Tags ?? []);
        return {};
      },
    ),
    DeleteTags: operation<DeleteTagsCommandInput, DeleteTagsCommandOutput>(
      ['Resources', 'Tags', 'DryRun'],
      (input) => {
        refuseDryRun(input);
        for (const each of required(input.Resources)) {
          const all = [...tagsOf(each).keys()].map((Key) => ({ Key }));
          removeTags(model, each, input.Tags?.length ? input.Tags : all);
        }
        return {};
      },
    ),
    DescribeTags: operation<DescribeTagsCommandInput, DescribeTagsCommandOutput>(
      ['Filters', 'MaxResults', 'NextToken', 'DryRun'],
      (input) => {
        refuseDryRun(input);
        const all = (Object.keys(resourceTypes) as Ec2Kind[]).flatMap((kind) =>
          model.all(kind).flatMap((resource) =>
            [...tagsOf(resource)].map(
              ([Key, Value]): TagDescription => ({
                Key,
                Value,
                ResourceId: resource.id,
                ResourceType: resourceTypes[kind] as 'vpc',
              }),
            ),
          ),
        );
        const tagged = ({ ResourceId = '' }: TagDescription) => {
          const resource = model.find(ResourceId);
          return resource ? tagsOf(resource) : new Map<string, string>();
        };
        const found = all.filter(ec2Filter(input.Filters, texts, tagged));
        const { items, more } = ec2Page(found, input, undefined);
        return { Tags: items, ...more };
      },
    ),
  };
}

function checkTags(resource: Ec2Resource, added: readonly { Key?: string | undefined }[]): void {
  const reserved = added.find(({ Key = '' }) => /^aws:/i.test(Key));
  if (reserved) {
    throw new AwsError(
      'InvalidParameterValue',
      `Value ( ${reserved.Key} ) for parameter key is invalid. Tag keys starting with 'aws:' are reserved for internal use`,
    );
  }
  const keys = new Set([...tagsOf(resource).keys(), ...added.map(({ Key = '' }) => Key)]);
  if (keys.size <= mostTags) return;
  throw new AwsError(
    'TagLimitExceeded',
    `The maximum number of tags has been reached: ${mostTags}`,
  );
}
