import { waitUntil } from '../wait-until.ts';
import type { PhaseContext } from './phase-context.ts';

/** Keeps the original task set for the termination wait, during which the group stays busy, then deletes it. */
export async function terminateOriginal({
  world,
  deployment,
  target,
}: PhaseContext): Promise<void> {
  const { group } = deployment.order;
  const minutes =
    group.blueGreen.terminateBlueInstancesOnDeploymentSuccess?.terminationWaitTimeInMinutes ?? 0;
  deployment.terminationWaitStarted = true;
  await waitUntil(world.clock, {
    check: () => deployment.wasContinued('TERMINATION_WAIT') || undefined,
    onChange: (look) => deployment.onContinue(look),
    timeoutMs: minutes * 60_000,
    signal: deployment.signal,
  });
  deployment.role.requireTaskSetDeletion(target.serviceArn, target.original.id);
  world.services.ecs.deleteTaskSet(group.cluster, group.service, target.original.id);
}
