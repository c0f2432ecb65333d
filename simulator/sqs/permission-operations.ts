import type {
  AddPermissionCommandInput,
  AddPermissionCommandOutput,
  RemovePermissionCommandInput,
  RemovePermissionCommandOutput,
} from '@aws-sdk/client-sqs';
import { AwsError } from '../core/aws-error.ts';
import {
  accountPrincipals,
  statementCount,
  withoutStatement,
  withStatement,
} from '../iam/labelled-statements.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import type { SqsModel } from './model.ts';

/** What others may be allowed (API reference, AddPermission). */
const sharedActions = [
  '*',
  'SendMessage',
  'ReceiveMessage',
  'DeleteMessage',
  'ChangeMessageVisibility',
  'GetQueueAttributes',
  'GetQueueUrl',
];
const mostActions = 7;

/** Statements of a queue's policy, by their label. */
export function permissionOperations(model: SqsModel): Record<string, WireOperation> {
  return {
    AddPermission: operation<AddPermissionCommandInput, AddPermissionCommandOutput>(
      ['QueueUrl', 'Label', 'AWSAccountIds', 'Actions'],
      ({ QueueUrl = '', Label = '', AWSAccountIds = [], Actions = [] }) => {
        const queue = model.byUrl(QueueUrl);
        checkActions(Actions);
        const names = Actions.map((action) => `SQS:${action}`);
        const Policy = withStatement(
          queue.attributes.Policy,
          `${queue.arn}/SQSDefaultPolicy`,
          Label,
          {
            Principal: accountPrincipals(AWSAccountIds),
            Action: names.length === 1 ? names[0] : names,
            Resource: queue.arn,
          },
        );
        if (Policy === undefined) throw badLabel(Label, 'Already exists.');
        queue.attributes = { ...queue.attributes, Policy };
        return {};
      },
    ),
    RemovePermission: operation<RemovePermissionCommandInput, RemovePermissionCommandOutput>(
      ['QueueUrl', 'Label'],
      ({ QueueUrl = '', Label = '' }) => {
        const queue = model.byUrl(QueueUrl);
        const Policy = withoutStatement(queue.attributes.Policy, Label);
        if (Policy === undefined) throw badLabel(Label, "can't find label.");
        const { Policy: _before, ...others } = queue.attributes;
        queue.attributes = statementCount(Policy) > 0 ? { ...others, Policy } : others;
        return {};
      },
    ),
  };
}

/** AWS's words from moto's tests, which were recorded there. */
function checkActions(actions: readonly string[]): void {
  if (actions.length > mostActions) {
    throw new AwsError(
      'OverLimit',
      `${actions.length} Actions were found, maximum allowed is ${mostActions}.`,
      { status: 403 },
    );
  }
  const wrong = actions.find((action) => !sharedActions.includes(action));
  if (wrong === undefined) return;
  throw new AwsError(
    'InvalidParameterValue',
    `Value SQS:${wrong} for parameter ActionName is invalid. Reason: Only the queue owner is allowed to invoke this action.`,
  );
}

function badLabel(label: string, reason: string): AwsError {
  return new AwsError(
    'InvalidParameterValue',
    `Value ${label} for parameter Label is invalid. Reason: ${reason}`,
  );
}
