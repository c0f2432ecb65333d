import type { TaskDefinitionDocument } from '../ports/task-definitions.ts';

/** Members that DescribeTaskDefinition returns and RegisterTaskDefinition does not take (aws-facts 2.1). */
const outputOnlyMembers: readonly string[] = [
  'taskDefinitionArn',
  'revision',
  'status',
  'requiresAttributes',
  'compatibilities',
  'registeredAt',
  'registeredBy',
  'deregisteredAt',
  'deleteRequestedAt',
];

/**
 * What of a described task definition can be registered again. A deny-list on purpose: members that ECS
 * gains later pass through instead of getting lost (aws-facts 2.1, trap 8).
 */
export function registrable(document: TaskDefinitionDocument): TaskDefinitionDocument {
  return Object.fromEntries(
    Object.entries(document).filter(([member]) => !outputOnlyMembers.includes(member)),
  );
}
