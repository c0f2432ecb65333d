import { AwsError } from '../../core/aws-error.ts';
import type { Settings } from '../../core/settings.ts';
import type { HookEvent } from '../app-spec.ts';
import { type DeploymentEnd, failed } from '../deployment-end.ts';
import type { HookExecution } from '../hook-executions.ts';
import { waitUntil } from '../wait-until.ts';
import { lifecycleEvent } from './lifecycle-event.ts';
import type { PhaseContext } from './phase-context.ts';

/** From invocation to report (aws-facts 3.3). */
const reportTimeoutMs = 3_600_000;

/** Invokes the event's function, if the AppSpec names one, and waits for its report. */
export function runHook(context: PhaseContext, event: HookEvent): Promise<void> {
  const { world, deployment, hooks } = context;
  const functionName = deployment.order.appSpec.hooks.get(event);
  if (functionName === undefined) {
    const { emptyHookMs, emptyHookStatus } = world.settings;
    const idle = () => world.clock.sleep(emptyHookMs, { signal: deployment.signal });
    return lifecycleEvent(context, event, idle, emptyHookStatus);
  }
  return lifecycleEvent(context, event, async () => {
    deployment.role.requireInvocation(functionName);
    const execution = hooks.open(deployment.id);
    try {
      await awaitReport(context, execution, functionName);
    } finally {
      execution.closed = true;
    }
  });
}

async function awaitReport(
  { world, deployment }: PhaseContext,
  execution: HookExecution,
  functionName: string,
): Promise<void> {
  let invocationFailure: DeploymentEnd | undefined;
  let look = () => {};
  // What the function returns, and whether it fails, is ignored: only the report counts (aws-facts 3.3).
  world.services.lambda
    .invoke({
      functionName,
      type: world.settings.hookInvocation,
      payload: {
        DeploymentId: deployment.id,
        LifecycleEventHookExecutionId: execution.id,
      },
    })
    .catch((error) => {
      const { serviceRoleArn } = deployment.order.group;
      invocationFailure = invocationEnd(error, functionName, serviceRoleArn, world.settings);
      look();
    });
  const outcome = await waitUntil(world.clock, {
    check: () => invocationFailure ?? execution.verdict,
    onChange: (onChange) => {
      look = onChange;
      return execution.onReport(onChange);
    },
    timeoutMs: reportTimeoutMs,
    signal: deployment.signal,
  });
  if (outcome === 'Succeeded') return;
  if (outcome === 'Failed') {
    throw failed(
      'HOOK_EXECUTION_FAILURE',
      'The deployment failed because one or more of the lifecycle event validation functions failed.',
    );
  }
  throw (
    outcome ??
    failed(
      world.settings.silentHookErrorCode,
      'The deployment timed out while waiting for a status callback. CodeDeploy expects a status callback within one hour after a deployment hook is invoked.',
    )
  );
}

/** A wrong function name shows when its event begins (aws-facts 3.4). */
function invocationEnd(
  error: unknown,
  functionName: string,
  roleArn: string,
  { missingHookErrorCode }: Settings,
): DeploymentEnd {
  const code = error instanceof AwsError ? error.code : undefined;
  if (code === 'AccessDeniedException') {
    return failed(
      'IAM_ROLE_PERMISSIONS',
      `The IAM role ${roleArn} does not give you permission to perform operations in the following AWS service: AWSLambda.`,
    );
  }
  const reason = error instanceof Error ? error.message : String(error);
  return failed(
    missingHookErrorCode,
    `The lifecycle event validation function ${functionName} could not be invoked: ${reason}`,
  );
}
