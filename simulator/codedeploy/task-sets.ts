import type { TaskSetView } from '../core/services.ts';
import type { World } from '../core/world.ts';
import type { DeploymentGroup } from './deployment-group.ts';
import type { DeploymentTarget, TaskSetRecord } from './deployment-target.ts';

/** Takes over the present state of both task sets; a forgotten one keeps its last counts at zero. */
export function refreshTaskSets(
  world: World,
  group: DeploymentGroup,
  target: DeploymentTarget,
): TaskSetRecord[] {
  const service = world.services.ecs.service(group.cluster, group.service);
  const records = [target.original, target.replacement].filter((record) => record !== undefined);
  const share = productionShare(
    world,
    group.productionListenerArn,
    records.map(({ targetGroupArn }) => targetGroupArn),
  );
  for (const record of records) {
    const view = service?.taskSets.find((taskSet) => taskSet.id === record.id);
    record.view = view ?? gone(record.view);
    record.trafficWeight = view ? share(record.targetGroupArn) : 0;
  }
  return records;
}

function gone(view: TaskSetView): TaskSetView {
  return { ...view, status: 'DRAINING', computedDesiredCount: 0, pendingCount: 0, runningCount: 0 };
}

/**
 * A group's share of production traffic, in percent: of the listener's default action, or of the first rule that
 * forwards to the deployment's groups where the default action is that of others.
 */
function productionShare(
  world: World,
  listenerArn: string,
  targetGroupArns: readonly string[],
): (targetGroupArn: string) => number {
  const own = world.services.elbv2
    .forwardings(listenerArn)
    .find(({ weights }) =>
      weights.some(({ targetGroupArn }) => targetGroupArns.includes(targetGroupArn)),
    );
  const weights = own?.weights ?? [];
  const total = weights.reduce((sum, { weight }) => sum + weight, 0);
  return (targetGroupArn) => {
    const entry = weights.find((weight) => weight.targetGroupArn === targetGroupArn);
    return entry && total > 0 ? (entry.weight / total) * 100 : 0;
  };
}
