import type { ContainerDefinition } from '@aws-sdk/client-ecs';
import type { LogsService } from '../core/services.ts';

/**
 * Throws Error, whose message is the task's stopped reason, when a container's log group is not there and the
 * awslogs driver may not create it (developer guide, "ResourceInitializationError: failed to validate logger args").
 */
export function checkLogGroup(logs: LogsService, { logConfiguration }: ContainerDefinition): void {
  const { logDriver, options = {} } = logConfiguration ?? {};
  const group = options['awslogs-group'];
  if (logDriver !== 'awslogs' || group === undefined) return;
  if (options['awslogs-create-group'] === 'true' || logs.hasGroup(group)) return;
  throw new Error(
    'ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist. : exit status 1',
  );
}

/** One line of output to the log stream that the awslogs driver would write: `PREFIX/CONTAINER/TASK`. */
export function logLine(
  logs: LogsService,
  definition: ContainerDefinition,
  taskId: string,
  line: string,
): void {
  const { logDriver, options = {} } = definition.logConfiguration ?? {};
  const group = options['awslogs-group'];
  if (logDriver !== 'awslogs' || group === undefined) return;
  const prefix = options['awslogs-stream-prefix'];
  const stream = [prefix, definition.name, taskId].filter(Boolean).join('/');
  logs.append(group, stream, line);
}
