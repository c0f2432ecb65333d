import { deploymentRecordKeys } from '../core/deployment/deployment-record-keys.ts';
import { parseDeploymentDescription } from '../core/deployment/identity.ts';
import { isRollback, isTerminal } from '../core/deployment/status.ts';
import { parseTrackedDeployment } from '../core/deployment/tracked-deployment.ts';
import { TransientAwsError } from '../core/errors.ts';
import type { DeploymentStateChange } from '../core/events/deployment-state-change.ts';
import type { IgnoredEvent } from '../core/events/image-push.ts';
import type { Deployment } from '../core/ports/deployments.ts';
import { concludeDeployment } from './conclude-deployment.ts';
import type { ConcludeDeps } from './conclude-deps.ts';

/** What became of an event; only `answered` and `pending` concern a deployment of ours. */
export type Observation =
  | { readonly kind: 'answered' | 'pending'; readonly deploymentId: string }
  | { readonly kind: 'ignored'; readonly reason: string };

/**
 * A CodeDeploy state change only wakes us: what counts is the deployment as it is now (design D2), whichever
 * of START, READY, SUCCESS, FAILURE or STOP the event said, late or twice.
 */
export async function observeDeployment(
  event: DeploymentStateChange | IgnoredEvent,
  deps: ConcludeDeps,
): Promise<Observation> {
  if (event.kind === 'ignored') {
    return ignore(event.reason, {}, deps);
  }
  const { deploymentId, state } = event;
  const named = await deps.deployments.get(deploymentId);
  const deployment = named && (await originalOf(named, deps));
  const fields = { deploymentId, state, status: deployment?.status };
  if (deployment === undefined) {
    return ignore(
      `CodeDeploy knows no deployment ${deploymentId} and no original of it`,
      fields,
      deps,
    );
  }
  // A rollback that is not linked yet tells of nothing; the event of its original does.
  if (parseDeploymentDescription(deployment.description) === undefined || isRollback(deployment)) {
    return ignore('The deployment was not started by Greengate', fields, deps);
  }
  if (!isTerminal(deployment)) {
    return ignore('The deployment is still in flight', fields, deps);
  }
  const document = await deps.records.read(deploymentRecordKeys.taskToken(deployment.deploymentId));
  if (document === undefined) {
    // run-deployment looks at the deployment again once it has stored the token.
    return ignore('No task waits for the deployment yet', fields, deps);
  }
  const kind = await concludeDeployment(deployment, parseTrackedDeployment(document), deps);
  // Lambda delivers an event whose handling failed again, after one and two minutes (aws-facts 6).
  if (kind === 'unlinked') {
    throw new TransientAwsError(
      `Deployment ${deployment.deploymentId} is ${deployment.status} and names no rollback yet, expected one by its auto rollback configuration`,
    );
  }
  if (kind === 'in-hand') throw notificationInHand(deployment.deploymentId);
  return { kind, deploymentId: deployment.deploymentId };
}

/** Nobody may have sent it: to come again is how one learns. */
export function notificationInHand(deploymentId: string): TransientAwsError {
  return new TransientAwsError(
    `The end of deployment ${deploymentId} is claimed by another invocation and not told yet, expected a notification within seconds`,
  );
}

/** A rollback is a deployment of its own; the story is told of the one that it rolls back (aws-facts 3.8). */
async function originalOf(
  deployment: Deployment,
  { deployments }: Pick<ConcludeDeps, 'deployments'>,
): Promise<Deployment | undefined> {
  const triggering = deployment.rollbackTriggeringDeploymentId;
  return triggering === undefined ? deployment : deployments.get(triggering);
}

function ignore(
  reason: string,
  fields: Readonly<Record<string, unknown>>,
  { log }: Pick<ConcludeDeps, 'log'>,
): Observation {
  log.info('state change ignored', { ...fields, reason });
  return { kind: 'ignored', reason };
}
