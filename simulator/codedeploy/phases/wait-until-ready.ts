import { DeploymentEnd } from '../deployment-end.ts';
import { waitUntil } from '../wait-until.ts';
import type { PhaseContext } from './phase-context.ts';

/** With STOP_DEPLOYMENT, parks in status Ready until ContinueDeployment or the end of the wait (3.7). */
export async function waitUntilReady({ world, deployment, target }: PhaseContext): Promise<void> {
  const option = deployment.order.group.blueGreen.deploymentReadyOption;
  if (option?.actionOnTimeout !== 'STOP_DEPLOYMENT') return;
  const minutes = option.waitTimeInMinutes ?? 0;
  deployment.setStatus('Ready');
  target.status = 'Ready';
  const continued = await waitUntil(world.clock, {
    check: () => deployment.wasContinued('READY_WAIT') || undefined,
    onChange: (look) => deployment.onContinue(look),
    timeoutMs: minutes * 60_000,
    signal: deployment.signal,
  });
  if (!continued) {
    throw new DeploymentEnd(
      'Stopped',
      undefined,
      `The deployment timed out while waiting for a notification to continue. This time out period is ${minutes} minutes.`,
      { rollbackEvent: 'DEPLOYMENT_FAILURE' },
    );
  }
  target.status = 'InProgress';
  deployment.resume();
}
