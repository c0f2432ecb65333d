import { TransientAwsError } from '../core/errors.ts';
import type { ExecutionEnded } from '../core/events/execution-status-change.ts';
import type { Deployment } from '../core/ports/deployments.ts';
import { combineChecks } from '../core/verdict/combine-checks.ts';
import { explainExecutionEnd } from '../core/workflow/explain-execution-end.ts';
import type { ConcludeDeps } from '../observe-deployment/conclude-deps.ts';
import { followRollback } from '../observe-deployment/follow-rollback.ts';
import { verifyRollback } from '../observe-deployment/verify-rollback.ts';
import type { ExecutionEnd } from './keep-execution-end.ts';

/**
 * How an execution ended whose function died, or lost the records, before it kept a token for its deployment: nobody
 * else concludes that one. A rollback counts when it is verified (P3). TransientAwsError while it is under way.
 */
export async function endWithoutToken(
  event: ExecutionEnded,
  own: Deployment | undefined,
  deps: ConcludeDeps,
): Promise<ExecutionEnd> {
  const why = explainExecutionEnd(event);
  if (own === undefined) {
    return { outcome: 'failed', reason: `Failed before a deployment was started: ${why}` };
  }
  const { deploymentId, status } = own;
  const after = `${why}, after deployment ${deploymentId} ended as ${status}`;
  const failed = { outcome: 'failed', reason: `Failed: ${after}`, deploymentId } as const;
  if (status === 'Succeeded') return failed;
  const target = await deps.deployments.target(deploymentId);
  const rollback = await followRollback(own, target, undefined, deps);
  if (rollback.kind === 'none') return failed;
  if (rollback.kind !== 'ended') {
    // Lambda delivers an event whose handling failed again, after one and two minutes (aws-facts 6).
    throw new TransientAwsError(
      `Deployment ${deploymentId} is ${status} and its rollback ${rollback.kind}, expected it to end`,
    );
  }
  const { deploymentId: rollbackId, status: rolledBack } = rollback.deployment;
  const mended = `${after}; rollback ${rollbackId} ${rolledBack}`;
  const checks =
    rolledBack === 'Succeeded' ? await verifyRollback(own, target, event.request, deps) : [];
  const { verdict, sentence } = combineChecks(checks);
  return verdict === 'pass' && checks.length > 0
    ? { outcome: 'rolled-back', reason: `Rolled back: ${mended}`, deploymentId }
    : { outcome: 'failed', reason: `Rollback failed: ${mended}, ${sentence}`, deploymentId };
}
