import type { Permission } from '../../permissions/statement.ts';

/**
 * What the managed policy AmazonEC2ContainerServiceforEC2Role holds, narrowed to one cluster; images are pulled and logs
 * written with the execution role of the task (ECS guide, "Amazon ECS container instance IAM role").
 */
export function agentPermissions(clusterArn: string, instancesArn: string): Permission[] {
  return [
    {
      actions: ['ecs:RegisterContainerInstance', 'ecs:DeregisterContainerInstance'],
      resources: [clusterArn],
    },
    {
      actions: [
        'ecs:Poll',
        'ecs:StartTelemetrySession',
        'ecs:UpdateContainerInstancesState',
        'ecs:SubmitTaskStateChange',
        'ecs:SubmitContainerStateChange',
        'ecs:SubmitAttachmentStateChanges',
      ],
      resources: [clusterArn, instancesArn],
      wildcardReason: 'Instances get their id when they register; held to the cluster',
    },
    {
      actions: ['ecs:DiscoverPollEndpoint'],
      resources: ['*'],
      wildcardReason: 'ECS offers no resource level for finding the endpoint to poll',
    },
  ];
}
