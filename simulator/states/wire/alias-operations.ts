import type {
  CreateStateMachineAliasCommandInput,
  CreateStateMachineAliasCommandOutput,
  DeleteStateMachineAliasCommandInput,
  DeleteStateMachineAliasCommandOutput,
  DescribeStateMachineAliasCommandInput,
  DescribeStateMachineAliasCommandOutput,
  ListStateMachineAliasesCommandInput,
  ListStateMachineAliasesCommandOutput,
  UpdateStateMachineAliasCommandInput,
  UpdateStateMachineAliasCommandOutput,
} from '@aws-sdk/client-sfn';
import { AwsError } from '../../core/aws-error.ts';
import { operation, type WireOperation } from '../../wire/operation.ts';
import { parseMachineArn } from '../machines/qualified-arn.ts';
import type { StatesModel } from '../model.ts';
import { page } from '../paging.ts';

/** Of the service's model: at least one character that is not a digit, so that no alias is a version. */
const namePattern = '^(?=.*[a-zA-Z_\\-\\.])[a-zA-Z0-9_\\-\\.]+$';

/** Aliases (aliases page). */
export function aliasOperations({ machines }: StatesModel): Record<string, WireOperation> {
  const { aliases } = machines;
  return {
    CreateStateMachineAlias: operation<
      CreateStateMachineAliasCommandInput,
      CreateStateMachineAliasCommandOutput
    >(
      ['name', 'description', 'routingConfiguration'],
      ({ name = '', description, routingConfiguration: routing = [] }) => {
        requireAliasName(name);
        const { arn, createdMs } = aliases.create({ name, description, routing });
        return { stateMachineAliasArn: arn, creationDate: new Date(createdMs) };
      },
    ),

    UpdateStateMachineAlias: operation<
      UpdateStateMachineAliasCommandInput,
      UpdateStateMachineAliasCommandOutput
    >(
      ['stateMachineAliasArn', 'description', 'routingConfiguration'],
      ({ stateMachineAliasArn = '', description, routingConfiguration: routing }) => {
        const { updatedMs } = aliases.update(stateMachineAliasArn, {
          ...(description !== undefined && { description }),
          ...(routing !== undefined && { routing }),
        });
        return { updateDate: new Date(updatedMs) };
      },
    ),

    DescribeStateMachineAlias: operation<
      DescribeStateMachineAliasCommandInput,
      DescribeStateMachineAliasCommandOutput
    >(['stateMachineAliasArn'], ({ stateMachineAliasArn = '' }) => {
      const alias = aliases.get(stateMachineAliasArn);
      return {
        stateMachineAliasArn: alias.arn,
        name: alias.name,
        ...(alias.description !== undefined && { description: alias.description }),
        routingConfiguration: [...alias.routing],
        creationDate: new Date(alias.createdMs),
        updateDate: new Date(alias.updatedMs),
      };
    }),

    DeleteStateMachineAlias: operation<
      DeleteStateMachineAliasCommandInput,
      DeleteStateMachineAliasCommandOutput
    >(['stateMachineAliasArn'], ({ stateMachineAliasArn = '' }) => {
      aliases.delete(stateMachineAliasArn);
      return {};
    }),

    ListStateMachineAliases: operation<
      ListStateMachineAliasesCommandInput,
      ListStateMachineAliasesCommandOutput
    >(['stateMachineArn', 'maxResults', 'nextToken'], ({ stateMachineArn = '', ...request }) => {
      const { machineArn, version } = parseMachineArn(stateMachineArn);
      machines.get(machineArn);
      const found = aliases
        .list(machineArn)
        .filter(
          ({ arn }) =>
            version === undefined ||
            aliases.referencing(stateMachineArn).some((one) => one.arn === arn),
        );
      const { items, ...rest } = page(found, ({ arn }) => arn, request);
      return {
        ...rest,
        stateMachineAliases: items.map(({ arn, createdMs }) => ({
          stateMachineAliasArn: arn,
          creationDate: new Date(createdMs),
        })),
      };
    }),
  };
}

function requireAliasName(name: string): void {
  const refuse = (constraint: string) =>
    new AwsError(
      'ValidationException',
      `1 validation error detected: Value '${name}' at 'name' failed to satisfy constraint: ${constraint}`,
    );
  if (name.length > 80) throw refuse('Member must have length less than or equal to 80');
  if (!new RegExp(namePattern).test(name)) {
    throw refuse(`Member must satisfy regular expression pattern: ${namePattern}`);
  }
}
