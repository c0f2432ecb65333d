import type { Config } from '../core/config/schema.ts';
import { isCodeDeployTarget } from '../core/config/strategy-of.ts';
import { deploymentRecordKeys } from '../core/deployment/deployment-record-keys.ts';
import { findOwnDeployment } from '../core/deployment/find-own-deployment.ts';
import { requestStop } from '../core/deployment/request-stop.ts';
import { isTerminal, trafficMoved } from '../core/deployment/status.ts';
import {
  parseTrackedDeployment,
  type TrackedDeployment,
} from '../core/deployment/tracked-deployment.ts';
import { TransientAwsError } from '../core/errors.ts';
import type { ExecutionEnded } from '../core/events/execution-status-change.ts';
import type { IgnoredEvent } from '../core/events/image-push.ts';
import type { NotifyDeps } from '../core/notification/notify-once.ts';
import type { Deployment, Deployments } from '../core/ports/deployments.ts';
import { explainExecutionEnd } from '../core/workflow/explain-execution-end.ts';
import type { PushRecord } from '../core/workflow/push-record.ts';
import { concludeDeployment } from '../observe-deployment/conclude-deployment.ts';
import type { ConcludeDeps } from '../observe-deployment/conclude-deps.ts';
import { notificationInHand } from '../observe-deployment/step.ts';
import type { ConcludeRolloutDeps } from '../roll-out/roll-out-deps.ts';
import { endWithoutToken } from './end-without-token.ts';
import { keepExecutionEnd, recordedEnd } from './keep-execution-end.ts';
import { settleRollout } from './settle-rollout.ts';

export interface ObserveExecutionDeps
  extends ConcludeDeps,
    ConcludeRolloutDeps,
    Pick<NotifyDeps, 'unclaimed'> {
  readonly services: ConcludeRolloutDeps['services'];
  readonly records: ConcludeDeps['records'];
  readonly deployments: Pick<Deployments, 'get' | 'group' | 'target' | 'list' | 'stop'>;
}

export type ExecutionObservation =
  | { readonly kind: 'already-recorded' | 'recorded' }
  /** The outcome follows with the deployment's own end. */
  | { readonly kind: 'stopping' | 'left-alone' | 'concluding'; readonly deploymentId: string }
  | { readonly kind: 'ignored'; readonly reason: string };

/** Clocks of Step Functions and CodeDeploy need not agree to the second. */
const clockSkewMs = 60_000;
/** A function outlives its execution by its own time-out, a minute, and the sweep comes every ten. */
const lateCreationMs = 3_600_000;

/**
 * Sees to it that an execution which somebody stopped, or whose retries ran out, leaves an outcome (promise P1).
 * A deployment of its own that still runs is stopped with rollback, as nobody waits for it any more, unless
 * production moved to the release already: then it may finish, and the record says what became of it.
 */
export async function observeExecution(
  event: ExecutionEnded | IgnoredEvent,
  deps: ObserveExecutionDeps,
): Promise<ExecutionObservation> {
  if (event.kind === 'ignored') {
    deps.log.info('execution ignored', { reason: event.reason });
    return { kind: 'ignored', reason: event.reason };
  }
  const recorded = await recordedEnd(event, deps);
  // Events come late, too: what a redrive has come to since is not overwritten by the attempt before it.
  if (recorded !== undefined && recorded.redriveCount > event.redriveCount) {
    deps.log.info('execution ignored', { reason: 'a redrive of it has an outcome already' });
    return { kind: 'already-recorded' };
  }
  const rolloutId = await settleRollout(event, recorded, deps);
  if (rolloutId !== undefined) return { kind: 'concluding', deploymentId: rolloutId };
  const own = mayHaveDeployment(recorded, deps) ? await ownDeployment(event, deps) : undefined;
  if (own !== undefined) {
    const observation = isTerminal(own)
      ? await conclude(own, event, deps)
      : await stopUnlessMoved(own, event, deps);
    if (observation !== undefined) return observation;
  }
  // A step that failed may have recorded so before its deployment was to be seen.
  const known = own === undefined || event.error === 'VerificationFailed' ? recorded : undefined;
  await keepExecutionEnd(event, known ?? (await endWithoutToken(event, own, deps)), deps);
  return { kind: known === undefined ? 'recorded' : 'already-recorded' };
}

/**
 * Whether a deployment may be there that the outcome does not tell of: what ends an execution does not end the function
 * that it waited for, which may be just about to create one.
 */
function mayHaveDeployment(
  recorded: PushRecord | undefined,
  { clock }: Pick<ObserveExecutionDeps, 'clock'>,
): boolean {
  if (recorded === undefined) return true;
  const { outcome, deploymentId, recordedAt } = recorded;
  if (outcome !== 'failed' || deploymentId !== undefined) return false;
  return clock.now() - Date.parse(recordedAt) < lateCreationMs;
}

/** As `RunDeployment` would find it; none for a service that is no longer configured. */
async function ownDeployment(
  event: ExecutionEnded,
  { config, deployments }: Pick<ObserveExecutionDeps, 'config' | 'deployments'>,
): Promise<Deployment | undefined> {
  const target = targetOf(config, event.request.service);
  if (target === undefined || !isCodeDeployTarget(target)) return undefined;
  const sinceMs = Date.parse(event.startedAt) - clockSkewMs;
  const known = await deployments.list(target.application, target.deploymentGroup, sinceMs);
  return findOwnDeployment(known, event);
}

function targetOf({ services }: Config, name: string) {
  return services.find((service) => service.name === name)?.target;
}

async function stopUnlessMoved(
  { deploymentId }: Deployment,
  event: ExecutionEnded,
  deps: ObserveExecutionDeps,
): Promise<ExecutionObservation> {
  if (trafficMoved(await deps.deployments.target(deploymentId))) {
    deps.log.info('deployment left alone', { deploymentId, reason: 'production has moved to it' });
    return { kind: 'left-alone', deploymentId };
  }
  if (await isAdopted(deploymentId, event, deps)) {
    deps.log.info('deployment left alone', { deploymentId, reason: 'a redrive waits for it' });
    return { kind: 'left-alone', deploymentId };
  }
  await requestStop(
    deploymentId,
    { cause: 'execution-stopped', sentence: explainExecutionEnd(event), evidence: [] },
    deps,
  );
  return { kind: 'stopping', deploymentId };
}

/** Whether a redrive waits for the deployment by now, as it was still in flight. */
async function isAdopted(
  deploymentId: string,
  { redriveCount }: ExecutionEnded,
  { records, log }: Pick<ObserveExecutionDeps, 'records' | 'log'>,
): Promise<boolean> {
  try {
    const tracked = await readTracked(deploymentId, { records, log });
    return tracked !== undefined && tracked.execution.redriveCount > redriveCount;
  } catch (error) {
    log.warn('task token unreadable', { deploymentId, error });
    return false;
  }
}

/** What is none of ours counts as none: the push ends in an outcome all the same (P1). */
async function readTracked(
  deploymentId: string,
  { records, log }: Pick<ObserveExecutionDeps, 'records' | 'log'>,
): Promise<TrackedDeployment | undefined> {
  const document = await records.read(deploymentRecordKeys.taskToken(deploymentId));
  try {
    return document === undefined ? undefined : parseTrackedDeployment(document);
  } catch (error) {
    log.warn('task token unreadable', { deploymentId, error });
    return undefined;
  }
}

/** Undefined when nothing is left to conclude, or nothing tells what it was for: it ended before its token was kept. */
async function conclude(
  deployment: Deployment,
  { error }: ExecutionEnded,
  deps: ObserveExecutionDeps,
): Promise<ExecutionObservation | undefined> {
  const { deploymentId } = deployment;
  // Concluded it is, as a success that was not confirmed: that is the end of the push.
  if (error === 'VerificationFailed') return undefined;
  const tracked = await readTracked(deploymentId, deps);
  if (tracked === undefined) return undefined;
  const conclusion = await concludeDeployment(deployment, tracked, deps);
  if (conclusion === 'unlinked') {
    // Lambda delivers an event whose handling failed again, after one and two minutes (aws-facts 6).
    throw new TransientAwsError(
      `Deployment ${deploymentId} is ${deployment.status} and names no rollback yet, expected one`,
    );
  }
  if (conclusion === 'in-hand') throw notificationInHand(deploymentId);
  return { kind: 'concluding', deploymentId };
}
