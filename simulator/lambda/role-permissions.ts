import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { destinationAction } from './async-destination.ts';
import type { FunctionDefinition } from './function-definition.ts';

type Role = Pick<FunctionDefinition, 'role' | 'name'>;

/** What a function's network interfaces need; they do not exist yet when Lambda looks (knowledge-center, VPC errors). */
const interfaceOperations = [
  'CreateNetworkInterface',
  'DescribeNetworkInterfaces',
  'DeleteNetworkInterface',
];

/** Why a function's role may not do something, or undefined when it may. */
export function denialOfRole(
  { services }: World,
  { role, name }: Role,
  action: string,
  resource: string,
): string | undefined {
  const decision = services.iam.authorize({
    roleArn: role,
    servicePrincipal: 'lambda.amazonaws.com',
    sessionName: name,
    action,
    resource,
  });
  return decision.allowed ? undefined : decision.message;
}

/** Lambda looks before it takes a dead-letter target; words of public threads (elastic/beats #13963). */
export function requireDeadLetterPermission(world: World, by: Role, targetArn: string): void {
  const action = destinationAction(targetArn);
  if (denialOfRole(world, by, action, targetArn) === undefined) return;
  throw lacks('The provided execution role', action, action.startsWith('sqs') ? 'SQS' : 'SNS');
}

/** Lambda looks before it takes a destination; words of public threads. */
export function requireDestinationPermissions(
  world: World,
  by: Role,
  targetArns: readonly (string | undefined)[],
): void {
  for (const targetArn of targetArns) {
    if (!targetArn) continue;
    const action = destinationAction(targetArn);
    if (denialOfRole(world, by, action, targetArn) === undefined) continue;
    throw lacks("The function's execution role", action, targetArn);
  }
}

/** Lambda looks before it takes subnets; words of public threads. */
export function requireNetworkPermissions(world: World, by: Role): void {
  for (const operation of interfaceOperations) {
    if (denialOfRole(world, by, `ec2:${operation}`, '*') === undefined) continue;
    throw lacks('The provided execution role', operation, 'EC2');
  }
}

/** Lambda's refusal of a role: `who` may not call `action`'s operation on a service or resource. */
export function lacks(who: string, action: string, target: string): AwsError {
  const operation = action.split(':').at(-1);
  return new AwsError(
    'InvalidParameterValueException',
    `${who} does not have permissions to call ${operation} on ${target}`,
    { members: { Type: 'User' } },
  );
}
