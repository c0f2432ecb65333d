import type {
  AddPermissionCommandInput,
  AddPermissionCommandOutput,
  GetPolicyCommandInput,
  GetPolicyCommandOutput,
  RemovePermissionCommandInput,
  RemovePermissionCommandOutput,
} from '@aws-sdk/client-lambda';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import { parseFunctionName } from './function-name.ts';
import type { StoredFunction } from './function-store.ts';
import { checkRevision } from './function-versions.ts';
import type { LambdaModel } from './model.ts';
import { type Permission, policyDocument, statementOf } from './resource-policy.ts';

/** Of each version and alias a policy of its own, and one of the function without qualifier. */
export function permissionOperations(
  { functions }: LambdaModel,
  world: World,
): Record<string, WireOperation> {
  const find = (name: string, given: string | undefined) => {
    const { qualifier } = parseFunctionName(name, given);
    const stored = functions.get(name);
    if (qualifier !== undefined) functions.resolve(name, given);
    const own = stored.permissions.filter((each) => each.qualifier === qualifier);
    return { stored, qualifier, own };
  };
  const change = (stored: StoredFunction, permissions: Permission[]) => {
    stored.permissions = permissions;
    stored.definition = { ...stored.definition, revisionId: world.ids.uuid() };
  };

  return {
    AddPermission: operation<AddPermissionCommandInput, AddPermissionCommandOutput>(
      [
        'FunctionName',
        'StatementId',
        'Action',
        'Principal',
        'SourceArn',
        'SourceAccount',
        'Qualifier',
        'RevisionId',
      ],
      (input) => {
        const { FunctionName = '', StatementId = '', Action = '', Principal = '' } = input;
        const { stored, qualifier, own } = find(FunctionName, input.Qualifier);
        if (qualifier === '$LATEST') {
          throw invalid('We currently do not support adding policies for $LATEST.');
        }
        checkRevision(input.RevisionId, stored.definition.revisionId);
        checkPattern('statementId', StatementId, /^[\w-]{1,100}$/, '([a-zA-Z0-9-_]+)');
        checkPattern(
          'action',
          Action,
          /^(lambda:(\*|[a-zA-Z]+)|\*)$/,
          '(lambda:[*]|lambda:[a-zA-Z]+|[*])',
        );
        if (!isPrincipal(Principal)) {
          throw invalid(
            'The provided principal was invalid. Please check the principal and try again.',
          );
        }
        if (own.some(({ sid }) => sid === StatementId)) {
          throw new AwsError(
            'ResourceConflictException',
            `The statement id (${StatementId}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
            { status: 409, members: { Type: 'User' } },
          );
        }
        const permission: Permission = {
          sid: StatementId,
          action: Action,
          principal: Principal,
          ...(qualifier !== undefined && { qualifier }),
          ...(input.SourceArn && { sourceArn: input.SourceArn }),
          ...(input.SourceAccount && { sourceAccount: input.SourceAccount }),
        };
        change(stored, [...stored.permissions, permission]);
        return { Statement: JSON.stringify(statementOf(stored.definition.arn, permission)) };
      },
    ),

    RemovePermission: operation<RemovePermissionCommandInput, RemovePermissionCommandOutput>(
      ['FunctionName', 'StatementId', 'Qualifier', 'RevisionId'],
      ({ FunctionName = '', StatementId = '', Qualifier, RevisionId }) => {
        const { stored, own } = find(FunctionName, Qualifier);
        if (own.length === 0) throw missing('No policy is associated with the given resource.');
        const permission = own.find(({ sid }) => sid === StatementId);
        if (!permission) {
          throw missing(`Statement ${StatementId} is not found in resource policy.`);
        }
        checkRevision(RevisionId, stored.definition.revisionId);
        change(
          stored,
          stored.permissions.filter((each) => each !== permission),
        );
        return {};
      },
    ),

    GetPolicy: operation<GetPolicyCommandInput, GetPolicyCommandOutput>(
      ['FunctionName', 'Qualifier'],
      ({ FunctionName = '', Qualifier }) => {
        const { stored, own } = find(FunctionName, Qualifier);
        if (own.length === 0) throw missing('The resource you requested does not exist.');
        const { arn, revisionId } = stored.definition;
        return { Policy: JSON.stringify(policyDocument(arn, own)), RevisionId: revisionId };
      },
    ),
  };
}

/** A service, an account, an ARN of an account, role or user, or everybody. */
function isPrincipal(principal: string): boolean {
  return (
    principal === '*' ||
    /^\d{12}$/.test(principal) ||
    /^arn:aws[\w-]*:(iam|sts)::\d{12}:.+$/.test(principal) ||
    /^[\w.-]+\.(amazonaws\.com(\.cn)?|amazon\.com)$/.test(principal)
  );
}

function checkPattern(member: string, value: string, shape: RegExp, shown: string): void {
  if (shape.test(value)) return;
  throw new AwsError(
    'ValidationException',
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must satisfy regular expression pattern: ${shown}`,
    { status: 400 },
  );
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message, { members: { Type: 'User' } });
}

function missing(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message, {
    status: 404,
    members: { Type: 'User' },
  });
}
