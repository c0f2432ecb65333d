import type {
  CreateStateMachineCommandInput,
  CreateStateMachineCommandOutput,
  DeleteStateMachineCommandInput,
  DeleteStateMachineCommandOutput,
  DescribeStateMachineCommandInput,
  DescribeStateMachineCommandOutput,
  ListStateMachinesCommandInput,
  ListStateMachinesCommandOutput,
  UpdateStateMachineCommandInput,
  UpdateStateMachineCommandOutput,
} from '@aws-sdk/client-sfn';
import { AwsError } from '../../core/aws-error.ts';
import { operation, type WireOperation } from '../../wire/operation.ts';
import { doesNotExist, parseMachineArn } from '../machines/qualified-arn.ts';
import type { StateMachine } from '../machines/state-machine.ts';
import type { MachineVersion } from '../machines/versions.ts';
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
        'versionDescription',
        'encryptionConfiguration',
      ],
      (input) => {
        const { name = '', definition = '', roleArn = '' } = input;
        requireModelled(input);
        requireDescribable(input);
        const machine = machines.create({
          name,
          definition,
          roleArn,
          type: input.type,
          logging: input.loggingConfiguration,
          tracing: input.tracingConfiguration,
          tags: input.tags,
        });
        return {
          stateMachineArn: machine.arn,
          creationDate: new Date(machine.createdMs),
          ...published(model, machine, input),
        };
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
        'versionDescription',
        'encryptionConfiguration',
      ],
      (input) => {
        requireModelled(input);
        requireDescribable(input);
        const machine = machines.update(input.stateMachineArn ?? '', {
          ...(input.definition !== undefined && { definition: input.definition }),
          ...(input.roleArn !== undefined && { roleArn: input.roleArn }),
          ...(input.loggingConfiguration && { logging: input.loggingConfiguration }),
          ...(input.tracingConfiguration && { tracing: input.tracingConfiguration }),
        });
        return {
          updateDate: new Date(machine.updatedMs),
          revisionId: machine.revisionId,
          ...published(model, machine, input),
        };
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
      const { machine, version, label } = described(model, stateMachineArn);
      return {
        stateMachineArn: label === undefined ? (version?.arn ?? machine.arn) : stateMachineArn,
        ...(label !== undefined && { label }),
        name: machine.name,
        status: machine.status,
        definition: machine.definition,
        roleArn: machine.roleArn,
        type: machine.type,
        creationDate: new Date(version?.createdMs ?? machine.createdMs),
        ...(version?.description !== undefined && { description: version.description }),
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
          stateMachines: items.map(({ arn, name, type, createdMs }) => ({
            stateMachineArn: arn,
            name,
            type,
            creationDate: new Date(createdMs),
          })),
        };
      },
    ),

    ValidateStateMachineDefinition: validateDefinition,
  };
}

interface Publishing {
  readonly publish?: boolean | undefined;
  readonly versionDescription?: string | undefined;
}

/** A machine, that of a distributed Map state, or one of its versions as it was published. */
function described(
  { machines, mapRuns }: StatesModel,
  arn: string,
): { machine: StateMachine; version?: MachineVersion; label?: string } {
  const { machineArn, version: number, label } = parseMachineArn(arn);
  if (label !== undefined) {
    const machine = machines.get(machineArn);
    if (!mapRuns.hasLabel(machine, label)) throw doesNotExist(arn);
    return { machine, label };
  }
  if (number === undefined) return { machine: machines.get(arn) };
  const version = machines.versions.find(machineArn, number);
  if (!version) throw doesNotExist(arn);
  return { machine: version.machine, version };
}

function published(
  { machines }: StatesModel,
  machine: StateMachine,
  { publish, versionDescription }: Publishing,
): { stateMachineVersionArn?: string } {
  if (!publish) return {};
  return { stateMachineVersionArn: machines.versions.publish(machine, versionDescription).arn };
}

function requireDescribable(input: Publishing): void {
  if (input.versionDescription === undefined || input.publish) return;
  const message = 'Version description can only be set when publish is true';
  throw new AwsError('ValidationException', message);
}
