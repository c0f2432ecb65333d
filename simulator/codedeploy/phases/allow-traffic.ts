import { stopOnAlarm } from '../alarms.ts';
import { trafficSteps } from '../deployment-config.ts';
import { failed } from '../deployment-end.ts';
import { setProductionShare, targetGroupPair } from '../production-route.ts';
import { waitUntil } from '../wait-until.ts';
import { lifecycleEvent } from './lifecycle-event.ts';
import type { PhaseContext } from './phase-context.ts';

/** A scaling event during the shift must settle within (aws-facts 3.12). */
const scalingTimeoutMs = 300_000;

/** Moves production traffic at once or in steps, then makes the replacement PRIMARY. */
export function allowTraffic(context: PhaseContext): Promise<void> {
  return lifecycleEvent(context, 'AllowTraffic', async () => {
    const { world, deployment, target } = context;
    const { group, config } = deployment.order;
    const { signal } = deployment;
    const pair = targetGroupPair(world, group, target);
    const desiredBefore = desiredCount(context);
    const { primaryAfterShift } = world.settings;
    let promoted = false;
    for (const { replacementPercent, waitMinutes } of trafficSteps(config.routing)) {
      await world.clock.sleep(world.settings.trafficShiftMs, { signal });
      if (desiredCount(context) !== desiredBefore) await settleScaling(context);
      // Looked at here as well, because polls do not fire while time is skipped.
      stopOnAlarm(world, deployment);
      signal.throwIfAborted();
      setProductionShare(
        world,
        deployment.role,
        group.productionListenerArn,
        pair,
        replacementPercent,
      );
      target.updatedAtMs = world.clock.now();
      if (!promoted && primaryAfterShift === 'first') {
        promote(context);
        promoted = true;
      }
      if (waitMinutes > 0) await world.clock.sleep(waitMinutes * 60_000, { signal });
    }
    if (!promoted) promote(context);
  });
}

function promote({ world, deployment, target }: PhaseContext): void {
  const { group } = deployment.order;
  deployment.role.requireOnService('ecs:UpdateServicePrimaryTaskSet', target.serviceArn);
  world.services.ecs.updateServicePrimaryTaskSet(
    group.cluster,
    group.service,
    target.replacement?.id ?? '',
  );
}

function desiredCount({ world, deployment }: PhaseContext): number | undefined {
  const { group } = deployment.order;
  return world.services.ecs.service(group.cluster, group.service)?.desiredCount;
}

async function settleScaling({ world, deployment }: PhaseContext): Promise<void> {
  const { group } = deployment.order;
  const settled = await waitUntil(world.clock, {
    check: () => {
      const service = world.services.ecs.service(group.cluster, group.service);
      return service?.taskSets.every((set) => set.stabilityStatus === 'STEADY_STATE') || undefined;
    },
    onChange: (look) => world.services.ecs.onTaskSetChange(group.cluster, group.service, look),
    timeoutMs: scalingTimeoutMs,
    signal: deployment.signal,
  });
  if (settled) return;
  throw failed(
    world.settings.unsettledScalingErrorCode,
    'The deployment failed because a scaling event during traffic shifting did not reach a steady state within 5 minutes.',
  );
}
