import type { ContainerDefinition } from '@aws-sdk/client-ecs';
import { arn } from '../core/arns.ts';
import type { LogsService } from '../core/services.ts';
import type { World } from '../core/world.ts';
import type { ExecutionRole } from './task-roles.ts';

/**
 * Throws Error, whose message is the task's stopped reason, when the awslogs driver cannot open a container's log
 * stream: its group is not there and may not be created, or the execution role may not
 * (developer guide, "ResourceInitializationError: failed to validate logger args";
 * terraform-aws-modules/terraform-aws-ecs #313).
 */
export function checkLogStream(
  world: World,
  role: ExecutionRole,
  definition: ContainerDefinition,
  taskId: string,
): void {
  const { logDriver, options = {} } = definition.logConfiguration ?? {};
  const group = options['awslogs-group'];
  if (logDriver !== 'awslogs' || group === undefined) return;
  const groupArn = arn(world.identity, 'logs', `log-group:${group}`);
  if (!world.services.logs.hasGroup(group)) {
    if (options['awslogs-create-group'] !== 'true') {
      throw refused(
        'stream',
        'ResourceNotFoundException: The specified log group does not exist. ',
      );
    }
    const denied = role.denial('logs:CreateLogGroup', `${groupArn}:log-stream:`);
    if (denied) throw refused('group', `${denied} `);
  }
  const stream = streamName(definition, taskId);
  const denied = role.denial('logs:CreateLogStream', `${groupArn}:log-stream:${stream}`);
  if (denied) throw refused('stream', `${denied} `);
}

/** Whether the driver may write the stream; what it may not write is lost in silence. */
export function mayWriteStream(
  world: World,
  role: ExecutionRole,
  definition: ContainerDefinition,
  taskId: string,
): boolean {
  const group = definition.logConfiguration?.options?.['awslogs-group'];
  if (group === undefined) return true;
  const stream = `log-group:${group}:log-stream:${streamName(definition, taskId)}`;
  return role.denial('logs:PutLogEvents', arn(world.identity, 'logs', stream)) === undefined;
}

function refused(what: 'group' | 'stream', why: string): Error {
  return new Error(
    `ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log ${what}: ${why}: exit status 1`,
  );
}

/** `PREFIX/CONTAINER/TASK`, as the awslogs driver names it. */
function streamName({ name, logConfiguration }: ContainerDefinition, taskId: string): string {
  const prefix = logConfiguration?.options?.['awslogs-stream-prefix'];
  return [prefix, name, taskId].filter(Boolean).join('/');
}

/** One line of output to the log stream that the awslogs driver would write. */
export function logLine(
  logs: LogsService,
  definition: ContainerDefinition,
  taskId: string,
  line: string,
): void {
  const { logDriver, options = {} } = definition.logConfiguration ?? {};
  const group = options['awslogs-group'];
  if (logDriver !== 'awslogs' || group === undefined) return;
  logs.append(group, streamName(definition, taskId), line);
}
