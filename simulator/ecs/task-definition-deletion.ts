import type { Failure, TaskDefinition } from '@aws-sdk/client-ecs';
import { invalidParameter } from './service-rules.ts';
import type { TaskDefinitions } from './task-definitions.ts';

const mostDeleted = 10;

/** Deletes INACTIVE revisions; others are failures, not errors (API reference, DeleteTaskDefinitions). */
export function deleteTaskDefinitions(
  taskDefinitions: TaskDefinitions,
  references: readonly string[],
): { taskDefinitions: TaskDefinition[]; failures: Failure[] } {
  if (references.length === 0) throw invalidParameter('References cannot be empty.');
  if (references.length > mostDeleted) {
    throw invalidParameter(`References cannot have more than ${mostDeleted} elements.`);
  }
  const deleted: TaskDefinition[] = [];
  const failures: Failure[] = [];
  for (const reference of references) {
    const found = /:\d+$/.test(reference) ? taskDefinitions.find(reference) : undefined;
    if (!found) {
      failures.push({
        arn: reference,
        reason:
          'The specified task definition identifier is invalid. Specify a valid name or ARN and try again.',
      });
    } else if (found.document.status === 'ACTIVE') {
      failures.push({
        arn: found.arn,
        reason:
          'The specified task definition is still in ACTIVE status. Please deregister the target and try again.',
      });
    } else {
      deleted.push(taskDefinitions.delete(found).document);
    }
  }
  return { taskDefinitions: deleted, failures };
}
