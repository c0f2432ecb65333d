import { itemsOf, memberAt } from '../config/loose-value.ts';
import type { TaskDefinitionDocument } from '../ports/task-definitions.ts';

/**
 * Where the awslogs driver writes a container's output: stream `PREFIX/CONTAINER/TASK-ID` (ECS guide, "Send Amazon
 * ECS logs to CloudWatch"). Undefined for other drivers, and on EC2 without a prefix, where the stream is named
 * after a container id that nothing tells.
 */
export function logStreamOf(
  document: TaskDefinitionDocument,
  container: string,
  taskArn: string,
): { readonly logGroup: string; readonly logStream: string } | undefined {
  const definition = itemsOf(document.containerDefinitions).find(
    (one) => memberAt(one, 'name') === container,
  );
  const configuration = memberAt(definition, 'logConfiguration');
  const options = memberAt(configuration, 'options');
  const logGroup = memberAt(options, 'awslogs-group');
  const prefix = memberAt(options, 'awslogs-stream-prefix');
  if (memberAt(configuration, 'logDriver') !== 'awslogs') return undefined;
  if (typeof logGroup !== 'string' || typeof prefix !== 'string') return undefined;
  const taskId = taskArn.slice(taskArn.lastIndexOf('/') + 1);
  return { logGroup, logStream: `${prefix}/${container}/${taskId}` };
}
