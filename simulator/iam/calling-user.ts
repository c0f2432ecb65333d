import { AwsError } from '../core/aws-error.ts';
import { administratorOf } from '../sts/caller-identity.ts';
import type { CallContext } from '../wire/operation.ts';
import type { User } from './entities.ts';
import type { IamModel } from './model.ts';

/** The user that a request names, or the one who calls; throws for callers that are none. */
export function ownUser(model: IamModel, name: string | undefined, { caller }: CallContext): User {
  if (name !== undefined) return model.users.require(name);
  if (caller.principal?.type === 'User') return model.users.require(caller.name);
  throw new AwsError(
    'ValidationError',
    'Must specify userName when calling with non-User credentials',
  );
}

/** The same for operations that change nothing: they also know the administrator, whom no operation made. */
export function callingUser(model: IamModel, name: string | undefined, context: CallContext): User {
  const administrator = administratorOf(model.accountId);
  const userName = administrator.arn.replace(/^.*\//, '');
  const isOther = context.caller.principal !== undefined || (name ?? userName) !== userName;
  if (isOther || model.users.find(userName)) return ownUser(model, name, context);
  return {
    userName,
    userId: administrator.userId,
    arn: administrator.arn,
    path: '/',
    createdAtMs: 0,
    tags: new Map(),
    boundaryArn: undefined,
    accessKeys: new Map(),
    inlinePolicies: new Map(),
    managedPolicyArns: new Set(),
  };
}
