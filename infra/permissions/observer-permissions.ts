import { readListeners } from './balancer-permissions.ts';
import {
  readDeployments,
  readDeploymentTargets,
  stopDeployments,
} from './codedeploy-permissions.ts';
import { describeServices, readTaskDefinitions, readTasks } from './ecs-permissions.ts';
import {
  answerTaskTokens,
  type PermissionTargets,
  publishNotifications,
  records,
} from './function-permissions.ts';
import { stopRollouts } from './rolling-permissions.ts';
import type { Permission } from './statement.ts';

/** What it takes to bring a deployment to its recorded end; a finished one is concluded where it is found. */
export function concludeDeployments(targets: PermissionTargets): Permission[] {
  return [
    readDeployments(targets, [
      'GetDeployment',
      'GetDeploymentGroup',
      // To see whether the next deployment has moved what a rollback is judged by.
      'ListDeployments',
      'BatchGetDeployments',
    ]),
    readDeploymentTargets,
    describeServices(targets),
    readListeners,
    answerTaskTokens,
    publishNotifications(targets),
    ...records(targets, { read: ['deployments', 'pushes'], write: ['deployments', 'pushes'] }),
  ];
}

/** Whatever an execution left behind is stopped, or concluded where it ended unheard. */
export function observeExecutionPermissions(targets: PermissionTargets): Permission[] {
  return [...concludeDeployments(targets), stopDeployments, ...settleRollouts(targets)];
}

/** Nothing where no service is rolled out by ECS. */
function settleRollouts(targets: PermissionTargets): Permission[] {
  if (targets.configured.rollingServices.length === 0) return [];
  return [...stopRollouts(targets), ...readTasks(targets)];
}

/** Reads why tasks of a replacement stopped, and stops its deployment. */
export function observeTaskPermissions(targets: PermissionTargets): Permission[] {
  return [
    readDeployments(targets, ['GetDeployment']),
    stopDeployments,
    describeServices(targets),
    ...readTasks(targets),
    readTaskDefinitions(['DescribeTaskDefinition']),
    {
      actions: ['logs:GetLogEvents'],
      resources: [targets.configured.anyLogStream],
      wildcardReason:
        'The log group of a container is read from the task definition that runs, which configuration does not name',
    },
    ...records(targets, { read: ['deployments'], write: ['deployments'] }),
  ];
}
