import { isCodeDeployTarget } from '../core/config/strategy-of.ts';
import { deploymentRecordKeys } from '../core/deployment/deployment-record-keys.ts';
import { findOwnDeployment } from '../core/deployment/find-own-deployment.ts';
import { isTerminal } from '../core/deployment/status.ts';
import { parseTrackedDeployment } from '../core/deployment/tracked-deployment.ts';
import { requestOfInput } from '../core/events/execution-status-change.ts';
import type { DescribedExecution } from '../core/ports/executions.ts';
import { concludeDeployment } from '../observe-deployment/conclude-deployment.ts';
import type { ObserveExecutionDeps } from '../observe-execution/step.ts';

/** Clocks of Step Functions and CodeDeploy need not agree to the second. */
const clockSkewMs = 60_000;

/**
 * Answers a running execution whose deployment has ended, when the event of that end was lost. The task's own
 * time-out would find it too, up to 15 minutes after it began to wait (design D3).
 */
export async function concludeUnheard(
  execution: DescribedExecution,
  deps: ObserveExecutionDeps,
): Promise<boolean> {
  const request = requestOfInput(execution.input, execution.executionName);
  const target = deps.config.services.find(({ name }) => name === request?.service)?.target;
  // A rolling update waits for nobody's answer: its task looks for itself.
  if (target === undefined || !isCodeDeployTarget(target)) return false;
  const known = await deps.deployments.list(
    target.application,
    target.deploymentGroup,
    execution.startedAtMs - clockSkewMs,
  );
  const own = findOwnDeployment(known, execution);
  if (own === undefined || !isTerminal(own)) return false;
  const document = await deps.records.read(deploymentRecordKeys.taskToken(own.deploymentId));
  if (document === undefined) return false;
  const tracked = parseTrackedDeployment(document);
  return (await concludeDeployment(own, tracked, deps)) === 'answered';
}
