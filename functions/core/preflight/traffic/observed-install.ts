import { RequestRefusedError } from '../../errors.ts';
import type { Deployments } from '../../ports/deployments.ts';

/** How long CodeDeploy's Install took for what runs now: start of the tasks until all were healthy. */
export interface ObservedInstall {
  readonly deploymentId: string;
  readonly seconds: number;
}

/**
 * Reads it from the deployment that made the PRIMARY task set. Undefined for a task set that no deployment
 * made, and where CodeDeploy has forgotten the deployment: it is a bonus, never a condition.
 */
export async function observedInstall(
  deploymentId: string | undefined,
  deployments: Pick<Deployments, 'target'>,
): Promise<ObservedInstall | undefined> {
  if (deploymentId === undefined) return undefined;
  try {
    const target = await deployments.target(deploymentId);
    const install = target?.lifecycleEvents.find(({ name }) => name === 'Install');
    if (install?.startedAtMs === undefined || install.endedAtMs === undefined) return undefined;
    return { deploymentId, seconds: Math.round((install.endedAtMs - install.startedAtMs) / 1_000) };
  } catch (error) {
    if (error instanceof RequestRefusedError) return undefined;
    throw error;
  }
}
