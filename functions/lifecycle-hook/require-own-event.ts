import { settle } from '../core/deployment/settle.ts';
import { InvalidEventError } from '../core/errors.ts';
import type { HookLifecycleEvent } from '../core/lifecycle-events.ts';
import type { JudgeDeps } from './hook-scene.ts';

/** CodeDeploy may invoke a hook a moment before its target says so. */
const settling = { intervalMs: 1_000, limitMs: 5_000 };
const notWaiting = ['Pending', 'Succeeded', 'Failed', 'Skipped'];

/**
 * Refuses to judge an event that CodeDeploy is not at. The payload does not say which event it is for (aws-facts
 * 3.3): named for another one in an AppSpec, or invoked by hand with another one's execution id, a hook would
 * report its own, easier judgement there. Throws InvalidEventError.
 */
export async function requireOwnEvent(
  deploymentId: string,
  lifecycleEvent: HookLifecycleEvent,
  { deployments, clock, signal }: Pick<JudgeDeps, 'deployments' | 'clock' | 'signal'>,
): Promise<void> {
  const status = await settle(
    async () => {
      const target = await deployments.target(deploymentId);
      return target?.lifecycleEvents.find(({ name }) => name === lifecycleEvent)?.status;
    },
    (now) => now === 'Pending',
    { ...settling, clock, signal },
  );
  if (status === undefined || !notWaiting.includes(status)) return;
  throw new InvalidEventError(
    `Cannot judge ${lifecycleEvent} of deployment ${deploymentId}: it is ${status}, expected InProgress; name each hook function for its own lifecycle event alone`,
  );
}
