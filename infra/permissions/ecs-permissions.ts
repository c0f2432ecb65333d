import type { PermissionTargets } from './function-permissions.ts';
import { describeHasNoResource, type Permission } from './statement.ts';

export function describeServices({ configured }: PermissionTargets): Permission {
  return { actions: ['ecs:DescribeServices'], resources: configured.services };
}

/** Running tasks of the configured clusters only, held by condition where IAM takes no resource. */
export function readTasks({ configured }: PermissionTargets): Permission[] {
  return [
    {
      actions: ['ecs:ListTasks'],
      resources: ['*'],
      conditions: { ArnEquals: { 'ecs:cluster': configured.clusters } },
      wildcardReason:
        'ListTasks is scoped to container instances, which Fargate has none of; the condition holds it to our clusters',
    },
    {
      actions: ['ecs:DescribeTasks'],
      resources: configured.tasks,
      wildcardReason: 'Task ids exist only once a task runs; held to the configured clusters',
    },
  ];
}

export function readTaskDefinitions(
  actions: readonly ('DescribeTaskDefinition' | 'ListTaskDefinitions')[],
): Permission {
  return {
    actions: actions.map((action) => `ecs:${action}`),
    resources: ['*'],
    wildcardReason: describeHasNoResource('ECS'),
  };
}

/** Families are found through the running service, so configuration cannot list them. */
export function registerTaskDefinitions({ configured }: PermissionTargets): Permission[] {
  return [
    {
      actions: ['ecs:RegisterTaskDefinition'],
      resources: ['*'],
      // Older editions of the authorization reference list none, and then an ARN would match nothing (aws-facts 7.1).
      wildcardReason:
        'The family is read from the running service at deployment time, and not every account knows a resource for this action; deregistering is not granted at all (aws-facts trap 16)',
    },
    {
      actions: ['ecs:TagResource'],
      resources: [configured.taskDefinitions],
      conditions: { StringEquals: { 'ecs:CreateAction': 'RegisterTaskDefinition' } },
      wildcardReason: 'Tags are carried to the new revision, and to nothing that exists already',
    },
    {
      actions: ['iam:PassRole'],
      resources: ['*'],
      conditions: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
      wildcardReason:
        'Execution and task role come from the running task definition, which configuration does not name; they can be handed to ECS tasks only',
    },
  ];
}
