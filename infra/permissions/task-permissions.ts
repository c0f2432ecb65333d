import type { Permission } from './statement.ts';

/** What ECS needs to start a task: pull its image, and write the container's log. */
export function startTaskPermissions(
  repositoryArns: readonly string[],
  logGroupArn: string,
): Permission[] {
  return [
    {
      actions: [
        'ecr:BatchCheckLayerAvailability',
        'ecr:GetDownloadUrlForLayer',
        'ecr:BatchGetImage',
      ],
      resources: repositoryArns,
    },
    {
      actions: ['ecr:GetAuthorizationToken'],
      resources: ['*'],
      wildcardReason:
        'A registry token belongs to the account, not to a repository (aws-facts 7.1)',
    },
    { actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroupArn] },
  ];
}
