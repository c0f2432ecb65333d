import type {
  AddTagsToResourceCommandInput,
  AddTagsToResourceCommandOutput,
  DeleteParameterCommandInput,
  DeleteParameterCommandOutput,
  DeleteParametersCommandInput,
  DeleteParametersCommandOutput,
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
  PutParameterCommandInput,
  PutParameterCommandOutput,
  RemoveTagsFromResourceCommandInput,
  RemoveTagsFromResourceCommandOutput,
} from '@aws-sdk/client-ssm';
import { AwsError } from '../core/aws-error.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import type { SsmModel } from './model.ts';
import type { Parameter } from './parameter.ts';
import { checkCount } from './read-operations.ts';

/** What changes parameters and their tags. */
export function writeOperations(model: SsmModel): Record<string, WireOperation> {
  const tagged = (type: string | undefined, id = ''): Parameter => {
    if (type !== 'Parameter') {
      throw new AwsError('InvalidResourceType', `Resources of type ${type} are not simulated`);
    }
    const found = model.find(id);
    if (!found) throw new AwsError('InvalidResourceId', `Parameter ${id} does not exist`);
    return found;
  };
  return {
    PutParameter: operation<PutParameterCommandInput, PutParameterCommandOutput>(
      [
        'Name',
        'Description',
        'Value',
        'Type',
        'KeyId',
        'Overwrite',
        'AllowedPattern',
        'Tags',
        'Tier',
        'DataType',
      ],
      (input, { caller }) => {
        const { version, tier } = model.put(input, caller.principal);
        return { Version: version, Tier: tier };
      },
    ),
    DeleteParameter: operation<DeleteParameterCommandInput, DeleteParameterCommandOutput>(
      ['Name'],
      ({ Name = '' }) => {
        if (!model.delete(Name)) throw new AwsError('ParameterNotFound', '');
        return {};
      },
    ),
    DeleteParameters: operation<DeleteParametersCommandInput, DeleteParametersCommandOutput>(
      ['Names'],
      ({ Names = [] }) => {
        checkCount(Names);
        const DeletedParameters = Names.filter((name) => model.delete(name));
        return {
          DeletedParameters,
          InvalidParameters: Names.filter((name) => !DeletedParameters.includes(name)),
        };
      },
    ),
    AddTagsToResource: operation<AddTagsToResourceCommandInput, AddTagsToResourceCommandOutput>(
      ['ResourceType', 'ResourceId', 'Tags'],
      ({ ResourceType, ResourceId, Tags = [] }) => {
        const { tags } = tagged(ResourceType, ResourceId);
        for (const { Key = '', Value = '' } of Tags) tags.set(Key, Value);
        return {};
      },
    ),
    RemoveTagsFromResource: operation<
      RemoveTagsFromResourceCommandInput,
      RemoveTagsFromResourceCommandOutput
    >(['ResourceType', 'ResourceId', 'TagKeys'], ({ ResourceType, ResourceId, TagKeys = [] }) => {
      const { tags } = tagged(ResourceType, ResourceId);
      for (const key of TagKeys) tags.delete(key);
      return {};
    }),
    ListTagsForResource: operation<
      ListTagsForResourceCommandInput,
      ListTagsForResourceCommandOutput
    >(['ResourceType', 'ResourceId'], ({ ResourceType, ResourceId }) => ({
      TagList: [...tagged(ResourceType, ResourceId).tags].map(([Key, Value]) => ({ Key, Value })),
    })),
  };
}
