import type { HookLifecycleEvent } from '../../functions/core/lifecycle-events.ts';
import {
  readListeners,
  readListenersAndTargetHealth,
  readTargetGroups,
} from './balancer-permissions.ts';
import { readDeployments, readDeploymentTargets, reportHooks } from './codedeploy-permissions.ts';
import { describeServices, readTaskDefinitions, readTasks } from './ecs-permissions.ts';
import {
  askForApproval,
  type PermissionTargets,
  readAlarms,
  readImages,
  records,
} from './function-permissions.ts';
import { readSecrets } from './secret-permissions.ts';
import type { Permission } from './statement.ts';

/** What the hook of one lifecycle event reads to judge, and what every hook needs to find its deployment and report. */
export function hookPermissions(
  targets: PermissionTargets,
  lifecycleEvent: HookLifecycleEvent,
): Permission[] {
  return [
    reportHooks(targets),
    readDeployments(targets, ['GetDeployment', 'GetDeploymentGroup']),
    readDeploymentTargets,
    describeServices(targets),
    readTargetGroups,
    ...records(targets, { read: ['deployments', 'balancing'], write: ['deployments'] }),
    ...readSecrets(targets, lifecycleEvent),
    ...customChecking(targets, lifecycleEvent),
    ...judging[lifecycleEvent](targets),
  ];
}

/** A check of the user's own is told which image the replacement runs. */
function customChecking(
  { configured }: PermissionTargets,
  lifecycleEvent: HookLifecycleEvent,
): Permission[] {
  return configured.customCheckEvents.includes(lifecycleEvent)
    ? [readTaskDefinitions(['DescribeTaskDefinition'])]
    : [];
}

const judgingTraffic = () => [readListenersAndTargetHealth, readAlarms];

const judging: Readonly<
  Record<HookLifecycleEvent, (targets: PermissionTargets) => readonly Permission[]>
> = {
  BeforeInstall: () => [readListeners],
  AfterInstall: (targets) => [
    ...readTasks(targets),
    readTaskDefinitions(['DescribeTaskDefinition']),
    // An index names a digest per platform; which one must run is in its manifest.
    readImages(targets, ['BatchGetImage', 'GetDownloadUrlForLayer']),
  ],
  AfterAllowTestTraffic: judgingTraffic,
  BeforeAllowTraffic: (targets) => [...judgingTraffic(), ...askForApproval(targets)],
  AfterAllowTraffic: judgingTraffic,
};
