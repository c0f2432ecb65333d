import type { World } from '../core/world.ts';
import type { HookEvent } from './app-spec.ts';
import type { Deployment } from './deployment.ts';
import { failed } from './deployment-end.ts';
import { DeploymentTarget } from './deployment-target.ts';
import { lifecycleEvent } from './phases/lifecycle-event.ts';
import type { PhaseContext } from './phases/phase-context.ts';
import { runHook } from './phases/run-hook.ts';
import { setProductionShare, setTestTraffic, targetGroupPair } from './production-route.ts';
import { endDeployment } from './run-deployment.ts';
import { refreshTaskSets } from './task-sets.ts';

/** True when the end calls for a rollback and there is something to take back (aws-facts 3.1, 3.8). */
export function needsRollback({ end, target, order }: Deployment): boolean {
  // Nothing has changed before Install created the replacement.
  if (!end || !target?.replacement || order.creator === 'codeDeployRollback') return false;
  if (end.rollbackWanted !== undefined) return end.rollbackWanted;
  const { enabled, events } = order.autoRollback ?? {};
  return enabled === true && (events ?? []).includes(end.rollbackEvent);
}

/**
 * A rollback deployment re-routes traffic to the original task set, which still runs, and deletes the
 * replacement. It starts no task and, unless the setting says so, calls no hook (aws-facts 3.8).
 */
export async function runRollback(
  context: Omit<PhaseContext, 'target'>,
  failedTarget: DeploymentTarget,
): Promise<void> {
  const { world, deployment } = context;
  const { group } = deployment.order;
  try {
    const target = rollbackTarget(world, deployment, failedTarget);
    deployment.target = target;
    deployment.setStatus('InProgress');
    await runOwnHook({ ...context, target }, 'BeforeAllowTraffic');
    await reroute({ ...context, target });
    await runOwnHook({ ...context, target }, 'AfterAllowTraffic');
    for (const event of target.events) if (event.status === 'Pending') event.status = 'Skipped';
    target.status = 'Succeeded';
    refreshTaskSets(world, group, target);
    deployment.setStatus('Succeeded');
  } catch (error) {
    endDeployment(world, deployment, error);
  }
}

/** A hook that the AppSpec names, where rollbacks run hooks at all. */
async function runOwnHook(context: PhaseContext, event: HookEvent): Promise<void> {
  const { world, deployment } = context;
  if (!world.settings.rollbackHooks || !deployment.order.appSpec.hooks.has(event)) return;
  await runHook(context, event);
}

function rollbackTarget(
  world: World,
  deployment: Deployment,
  failedTarget: DeploymentTarget,
): DeploymentTarget {
  const { group } = deployment.order;
  const service = world.services.ecs.service(group.cluster, group.service);
  if (!service?.taskSets.some((taskSet) => taskSet.id === failedTarget.original.id)) {
    throw failed(
      'ECS_UPDATE_ERROR',
      `The original task set ${failedTarget.original.id} of service ${group.service} no longer exists`,
    );
  }
  const target = new DeploymentTarget(
    service,
    { ...failedTarget.original },
    group.testListenerArn !== undefined,
    world.clock.now(),
  );
  target.replacement = failedTarget.replacement && { ...failedTarget.replacement };
  return target;
}

/** Production first, then the test listener; the original PRIMARY again, the replacement deleted. */
async function reroute(context: PhaseContext): Promise<void> {
  const { world, deployment, target } = context;
  const { group } = deployment.order;
  const { ecs } = world.services;
  const pair = targetGroupPair(world, group, target);
  await lifecycleEvent(context, 'AllowTraffic', async () => {
    await world.clock.sleep(world.settings.rollbackMs, { signal: deployment.signal });
    setProductionShare(world, deployment.role, group.productionListenerArn, pair, 0);
    if (group.testListenerArn !== undefined) {
      setTestTraffic(world, deployment.role, group.testListenerArn, pair, pair.originalArn);
    }
    deployment.role.requireOnService('ecs:UpdateServicePrimaryTaskSet', target.serviceArn);
    ecs.updateServicePrimaryTaskSet(group.cluster, group.service, target.original.id);
  });
  if (!target.replacement) return;
  deployment.role.requireTaskSetDeletion(target.serviceArn, target.replacement.id);
  ecs.deleteTaskSet(group.cluster, group.service, target.replacement.id);
}
