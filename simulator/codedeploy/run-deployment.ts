import type { World } from '../core/world.ts';
import { watchAlarms } from './alarms.ts';
import type { Deployment } from './deployment.ts';
import { asEnd, failed, SimulationStopped } from './deployment-end.ts';
import type { HookExecutions } from './hook-executions.ts';
import { limitShiftDelay } from './limit-shift-delay.ts';
import { allowTestTraffic } from './phases/allow-test-traffic.ts';
import { allowTraffic } from './phases/allow-traffic.ts';
import { checkListeners } from './phases/check-listeners.ts';
import { install } from './phases/install.ts';
import type { PhaseContext } from './phases/phase-context.ts';
import { runHook } from './phases/run-hook.ts';
import { terminateOriginal } from './phases/terminate-original.ts';
import { waitUntilReady } from './phases/wait-until-ready.ts';
import { refreshTaskSets } from './task-sets.ts';

const startTimeoutMs = 5 * 60_000;

/** Runs a deployment from creation to its end; failures and stops end it, they are never thrown. */
export async function runDeployment(
  world: World,
  deployment: Deployment,
  hooks: HookExecutions,
): Promise<void> {
  let stopWatching = () => {};
  try {
    const { signal } = deployment;
    await awaitStart(world, signal);
    deployment.setStatus('InProgress');
    const target = checkListeners(world, deployment);
    deployment.target = target;
    stopWatching = watchAlarms(world, deployment);
    await runPhases({ world, deployment, target, hooks }, () => {
      if (!world.settings.alarmsInTerminationWait) stopWatching();
    });
    refreshTaskSets(world, deployment.order.group, target);
    deployment.setStatus('Succeeded');
  } catch (error) {
    endDeployment(world, deployment, error);
  } finally {
    stopWatching();
  }
}

/** An event that does not begin within five minutes fails the deployment (aws-facts 3.12). */
async function awaitStart(world: World, signal: AbortSignal): Promise<void> {
  const { deploymentStartDelayMs, unstartedDeploymentErrorCode } = world.settings;
  await world.clock.sleep(Math.min(deploymentStartDelayMs, startTimeoutMs), { signal });
  if (deploymentStartDelayMs <= startTimeoutMs) return;
  throw failed(
    unstartedDeploymentErrorCode,
    'The deployment failed because no lifecycle event began within 5 minutes of its creation.',
  );
}

/** The lifecycle of aws-facts 3.1; `beforeRetention` is called once the target is done. */
async function runPhases(context: PhaseContext, beforeRetention: () => void): Promise<void> {
  await runHook(context, 'BeforeInstall');
  await install(context);
  const cancelDeadline = limitShiftDelay(context);
  try {
    await runAfterInstall(context);
  } finally {
    cancelDeadline();
  }
  await runHook(context, 'AfterAllowTraffic');
  // The target is done now, the deployment only after the termination wait (aws-facts 3.10).
  context.target.status = 'Succeeded';
  beforeRetention();
  await terminateOriginal(context);
}

/** From the installed replacement to shifted traffic. */
async function runAfterInstall(context: PhaseContext): Promise<void> {
  const { testListenerArn } = context.deployment.order.group;
  await runHook(context, 'AfterInstall');
  if (testListenerArn !== undefined) {
    await allowTestTraffic(context, testListenerArn);
    await runHook(context, 'AfterAllowTestTraffic');
  }
  const { readyWaitBefore } = context.world.settings;
  if (readyWaitBefore === 'BeforeAllowTraffic') await waitUntilReady(context);
  await runHook(context, 'BeforeAllowTraffic');
  if (readyWaitBefore === 'AllowTraffic') await waitUntilReady(context);
  await allowTraffic(context);
}

/** Failed or Stopped; the target stays Succeeded when only the termination wait was cut short. */
export function endDeployment(world: World, deployment: Deployment, error: unknown): void {
  if (error instanceof SimulationStopped) return;
  const { target } = deployment;
  deployment.end = asEnd(error);
  if (target && target.status !== 'Succeeded') {
    const { stoppedTargetStatus } = world.settings;
    target.status = deployment.end.status === 'Stopped' ? stoppedTargetStatus : 'Failed';
    target.updatedAtMs = world.clock.now();
    for (const event of target.events) if (event.status === 'Pending') event.status = 'Skipped';
  }
  if (target) refreshTaskSets(world, deployment.order.group, target);
  deployment.setStatus(deployment.end.status);
}
