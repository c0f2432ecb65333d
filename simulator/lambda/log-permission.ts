import { arn } from '../core/arns.ts';
import type { World } from '../core/world.ts';
import type { FunctionDefinition } from './function-definition.ts';

/**
 * Whether the execution role may write the function's logs. Without the permission the function runs as ever and
 * leaves no logs (Lambda developer guide, "Troubleshoot execution issues": "Logs don't appear").
 */
export function mayWriteLogs(
  world: World,
  { role, name, logging }: FunctionDefinition,
  logStream: string,
): boolean {
  const stream = `log-group:${logging.LogGroup}:log-stream:${logStream}`;
  const resource = arn(world.identity, 'logs', stream);
  return ['logs:CreateLogStream', 'logs:PutLogEvents'].every(
    (action) =>
      world.services.iam.authorize({
        roleArn: role,
        servicePrincipal: 'lambda.amazonaws.com',
        sessionName: name,
        action,
        resource,
      }).allowed,
  );
}
