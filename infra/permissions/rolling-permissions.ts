import { readListeners } from './balancer-permissions.ts';
import { describeServices, readTaskDefinitions, readTasks } from './ecs-permissions.ts';
import {
  type PermissionTargets,
  publishNotifications,
  readAlarms,
  readImages,
  readLineSwitch,
  records,
} from './function-permissions.ts';
import { readSecretArns } from './secret-permissions.ts';
import type { Permission } from './statement.ts';

/** Service deployments of the rolling services: to see them, and to have one of ours rolled back. */
export function stopRollouts({ configured }: PermissionTargets): Permission[] {
  return rollouts(configured, ['ecs:DescribeServiceDeployments', 'ecs:StopServiceDeployment']);
}

/** To see them only, for who goes back by hand; nothing where no service is deployed so. */
export function readRollouts({ configured }: PermissionTargets): Permission[] {
  if (configured.rollingServices.length === 0) return [];
  return rollouts(configured, ['ecs:DescribeServiceDeployments']);
}

function rollouts(
  configured: PermissionTargets['configured'],
  actions: readonly string[],
): Permission[] {
  return [
    { actions: ['ecs:ListServiceDeployments'], resources: configured.rollingServices },
    {
      actions,
      resources: configured.serviceDeployments,
      wildcardReason: 'Service deployments get their id when started; held to the rolling services',
    },
    {
      actions: ['ecs:DescribeServiceRevisions'],
      resources: configured.serviceRevisions,
      wildcardReason: 'Service revisions get their id when made; held to the rolling services',
    },
  ];
}

/** Everything that one rolling update takes, its checks included; nothing where no service is deployed so. */
export function rollOutPermissions(targets: PermissionTargets): Permission[] {
  const { configured } = targets;
  if (configured.rollingServices.length === 0) return [];
  return [
    // A task definition's roles were passed when it was registered; the service's own stay as they are.
    { actions: ['ecs:UpdateService'], resources: configured.rollingServices },
    ...stopRollouts(targets),
    describeServices(targets),
    ...readTasks(targets),
    readTaskDefinitions(['DescribeTaskDefinition']),
    {
      actions: ['logs:GetLogEvents'],
      resources: [configured.anyLogStream],
      wildcardReason:
        'The log group of a container is read from the task definition that runs, which configuration does not name',
    },
    readListeners,
    readAlarms,
    // Only to see whether a newer image waits.
    readImages(targets, ['DescribeImages']),
    readLineSwitch(targets),
    ...readSecretArns(targets, configured.rollingSecrets),
    publishNotifications(targets),
    // Who is about to start a rollout, and who told people of what, is read before it is written over.
    ...records(targets, { read: ['deployments', 'pushes'], write: ['deployments', 'pushes'] }),
  ];
}
