import type {
  CreateStateMachineCommandInput,
  CreateStateMachineCommandOutput,
  DeleteStateMachineCommandInput,
  DeleteStateMachineCommandOutput,
  DescribeStateMachineCommandInput,
  DescribeStateMachineCommandOutput,
  ListStateMachinesCommandInput,
  ListStateMachinesCommandOutput,
  ListStateMachineVersionsCommandInput,
  ListStateMachineVersionsCommandOutput,
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
  UpdateStateMachineCommandInput,
  UpdateStateMachineCommandOutput,
} from '@aws-sdk/client-sfn';
import { AwsError } from '../../core/aws-error.ts';
import { operation, type WireOperation } from '../../wire/operation.ts';
import type { StatesModel } from '../model.ts';
import { page } from '../paging.ts';
import { requireModelled } from './require-modelled.ts';
import { validateDefinition } from './validate-definition.ts';

export function stateMachineOperations(model: StatesModel): Record<string, WireOperation> {
  const { machines } = model;
  return {
    CreateStateMachine: operation<CreateStateMachineCommandInput, CreateStateMachineCommandOutput>(
      [
        'name',
        'definition',
        'roleArn',
        'type',
        'loggingConfiguration',
        'tracingConfiguration',
        'tags',
        'publish',
        'encryptionConfiguration',
      ],
      (input) => {
        const { name = '', definition = '', roleArn = '' } = input;
        requireModelled(input);
        const machine = machines.create({
          name,
          definition,
          roleArn,
          logging: input.loggingConfiguration,
          tracing: input.tracingConfiguration,
          tags: input.tags,
        });
        return { stateMachineArn: machine.arn, creationDate: new Date(machine.createdMs) };
      },
    ),

    UpdateStateMachine: operation<UpdateStateMachineCommandInput, UpdateStateMachineCommandOutput>(
      [
        'stateMachineArn',
        'definition',
        'roleArn',
        'loggingConfiguration',
        'tracingConfiguration',
        'publish',
        'encryptionConfiguration',
      ],
      (input) => {
        requireModelled(input);
        const machine = machines.update(input.stateMachineArn ?? '', {
          ...(input.definition !== undefined && { definition: input.definition }),
          ...(input.roleArn !== undefined && { roleArn: input.roleArn }),
          ...(input.loggingConfiguration && { logging: input.loggingConfiguration }),
          ...(input.tracingConfiguration && { tracing: input.tracingConfiguration }),
        });
        return { updateDate: new Date(machine.updatedMs), revisionId: machine.revisionId };
      },
    ),

    DeleteStateMachine: operation<DeleteStateMachineCommandInput, DeleteStateMachineCommandOutput>(
      ['stateMachineArn'],
      ({ stateMachineArn = '' }) => {
        model.deleteStateMachine(stateMachineArn);
        return {};
      },
    ),

    DescribeStateMachine: operation<
      DescribeStateMachineCommandInput,
      DescribeStateMachineCommandOutput
    >(['stateMachineArn', 'includedData'], ({ stateMachineArn = '' }) => {
      const machine = machines.get(stateMachineArn);
      return {
        stateMachineArn: machine.arn,
        name: machine.name,
        status: machine.status,
        definition: machine.definition,
        roleArn: machine.roleArn,
        type: 'STANDARD',
        creationDate: new Date(machine.createdMs),
        loggingConfiguration: machine.logging,
        tracingConfiguration: machine.tracing,
        encryptionConfiguration: { type: 'AWS_OWNED_KEY' },
        revisionId: machine.revisionId,
      };
    }),

    ListStateMachines: operation<ListStateMachinesCommandInput, ListStateMachinesCommandOutput>(
      ['maxResults', 'nextToken'],
      (input) => {
        const { items, ...rest } = page(machines.list(), ({ arn }) => arn, input);
        return {
          ...rest,
          stateMachines: items.map(({ arn, name, createdMs }) => ({
            stateMachineArn: arn,
            name,
            type: 'STANDARD' as const,
            creationDate: new Date(createdMs),
          })),
        };
      },
    ),

    ListStateMachineVersions: operation<
      ListStateMachineVersionsCommandInput,
      ListStateMachineVersionsCommandOutput
    >(['stateMachineArn', 'maxResults', 'nextToken'], ({ stateMachineArn = '' }) => {
      machines.get(stateMachineArn);
      return { stateMachineVersions: [] };
    }),

    ListTagsForResource: operation<
      ListTagsForResourceCommandInput,
      ListTagsForResourceCommandOutput
    >(['resourceArn'], ({ resourceArn = '' }) => {
      const machine = machines.list().find(({ arn }) => arn === resourceArn);
      if (!machine) throw new AwsError('ResourceNotFound', `Resource not found: '${resourceArn}'`);
      return { tags: [...machine.tags] };
    }),

    ValidateStateMachineDefinition: validateDefinition,
  };
}
