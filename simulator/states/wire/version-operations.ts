import type {
  DeleteStateMachineVersionCommandInput,
  DeleteStateMachineVersionCommandOutput,
  ListStateMachineVersionsCommandInput,
  ListStateMachineVersionsCommandOutput,
  PublishStateMachineVersionCommandInput,
  PublishStateMachineVersionCommandOutput,
} from '@aws-sdk/client-sfn';
import { AwsError } from '../../core/aws-error.ts';
import { operation, type WireOperation } from '../../wire/operation.ts';
import { parseMachineArn } from '../machines/qualified-arn.ts';
import type { StatesModel } from '../model.ts';
import { page } from '../paging.ts';

/** Published versions (versions page). */
export function versionOperations({ machines }: StatesModel): Record<string, WireOperation> {
  const { versions, aliases } = machines;
  return {
    PublishStateMachineVersion: operation<
      PublishStateMachineVersionCommandInput,
      PublishStateMachineVersionCommandOutput
    >(
      ['stateMachineArn', 'revisionId', 'description'],
      ({ stateMachineArn = '', revisionId, description }) => {
        const machine = machines.active(stateMachineArn);
        const { arn, createdMs } = versions.publish(machine, description, revisionId);
        return { stateMachineVersionArn: arn, creationDate: new Date(createdMs) };
      },
    ),

    DeleteStateMachineVersion: operation<
      DeleteStateMachineVersionCommandInput,
      DeleteStateMachineVersionCommandOutput
    >(['stateMachineVersionArn'], ({ stateMachineVersionArn: arn = '' }) => {
      const { machineArn, version } = parseMachineArn(arn);
      if (version === undefined) throw new AwsError('InvalidArn', `Invalid Arn: '${arn}'`);
      const names = aliases.referencing(arn).map(({ name }) => name);
      if (names.length > 0) {
        throw new AwsError(
          'ConflictException',
          `Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: [${names.join(', ')}]`,
        );
      }
      versions.delete(machineArn, version);
      return {};
    }),

    ListStateMachineVersions: operation<
      ListStateMachineVersionsCommandInput,
      ListStateMachineVersionsCommandOutput
    >(['stateMachineArn', 'maxResults', 'nextToken'], ({ stateMachineArn = '', ...request }) => {
      machines.get(stateMachineArn);
      const { items, ...rest } = page(versions.list(stateMachineArn), ({ arn }) => arn, request);
      return {
        ...rest,
        stateMachineVersions: items.map(({ arn, createdMs }) => ({
          stateMachineVersionArn: arn,
          creationDate: new Date(createdMs),
        })),
      };
    }),
  };
}
