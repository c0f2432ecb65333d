import type { Config, ServiceConfig } from '../core/config/schema.ts';
import { parseDeploymentDescription } from '../core/deployment/identity.ts';
import { requestStop } from '../core/deployment/request-stop.ts';
import { isRollback, isTerminal } from '../core/deployment/status.ts';
import type { IgnoredEvent } from '../core/events/image-push.ts';
import type { TaskStopped } from '../core/events/task-stopped.ts';
import { judgeReplacement } from '../core/fail-fast/judge-replacement.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { Deployments } from '../core/ports/deployments.ts';
import type { EcsServices } from '../core/ports/ecs-services.ts';
import type { Log } from '../core/ports/log.ts';
import type { Records } from '../core/ports/records.ts';
import { readTaskEnds, type TaskEndDeps } from './read-task-ends.ts';

export interface ObserveTaskDeps extends TaskEndDeps {
  readonly config: Config;
  readonly services: Pick<EcsServices, 'describeService'>;
  readonly deployments: Pick<Deployments, 'get' | 'stop'>;
  readonly records: Records;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
}

export type TaskObservation =
  | { readonly kind: 'stopping'; readonly deploymentId: string; readonly reason: string }
  /** Nothing to be done; why. */
  | { readonly kind: 'ignored' | 'watched'; readonly reason: string };

/** Two stops count once so long has passed since the first: the rest of three minutes is for acting on it. */
const windowMs = 165_000;

/**
 * Gives up a replacement whose tasks cannot run, within three minutes of the first stop (design D9): CodeDeploy
 * itself has no circuit breaker. What it looks at is the task set as it is now, so that events twice or late
 * change nothing (design D2).
 */
export async function observeTask(
  event: TaskStopped | IgnoredEvent,
  deps: ObserveTaskDeps,
): Promise<TaskObservation> {
  if (event.kind === 'ignored') return tell({ kind: 'ignored', reason: event.reason }, {}, deps);
  const { serviceName, clusterName, taskSetId, taskArn } = event;
  const service = deps.config.services.find(
    ({ target }) => target.cluster === clusterName && target.service === serviceName,
  );
  const found =
    service === undefined
      ? `No service is configured for ${clusterName}/${serviceName}`
      : await failingDeployment(service, taskSetId, deps);
  const observation =
    service === undefined || typeof found === 'string'
      ? ({ kind: 'ignored', reason: String(found) } as const)
      : await watch(service, taskSetId, found.deploymentId, deps);
  return tell(observation, { taskArn, taskSetId }, deps);
}

/** The deployment of ours that the task set replaces production for, or why there is none. */
async function failingDeployment(
  { target }: ServiceConfig,
  taskSetId: string,
  { services, deployments }: ObserveTaskDeps,
): Promise<{ readonly deploymentId: string } | string> {
  const service = await services.describeService(target.cluster, target.service);
  const taskSet = service?.taskSets.find(({ id }) => id === taskSetId);
  if (taskSet === undefined) return `Task set ${taskSetId} is gone`;
  if (taskSet.status === 'PRIMARY') return `Task set ${taskSetId} serves production`;
  const deployment =
    taskSet.externalId === undefined ? undefined : await deployments.get(taskSet.externalId);
  const ours = parseDeploymentDescription(deployment?.description) !== undefined;
  if (deployment === undefined || !ours || isRollback(deployment)) {
    return `Task set ${taskSetId} was not started by Greengate`;
  }
  return isTerminal(deployment)
    ? `Deployment ${deployment.deploymentId} is ${deployment.status} already`
    : deployment;
}

async function watch(
  service: ServiceConfig,
  taskSetId: string,
  deploymentId: string,
  deps: ObserveTaskDeps,
): Promise<TaskObservation> {
  const { stoppedTasks, logLines } = service.failFast;
  for (;;) {
    const ends = await readTaskEnds(service.target, taskSetId, logLines, deps);
    const nowMs = deps.clock.now();
    const judgement = judgeReplacement(ends, nowMs, { stoppedTasks, windowMs });
    if (judgement.kind === 'go-on') {
      return { kind: 'watched', reason: 'Too little speaks against the replacement' };
    }
    if (judgement.kind === 'stop') {
      const { sentence, evidence } = judgement;
      const request = { cause: 'replacement-failing', sentence, evidence } as const;
      await requestStop(deploymentId, request, deps);
      return { kind: 'stopping', deploymentId, reason: sentence };
    }
    await deps.clock.sleep(judgement.atMs - nowMs, deps.signal);
    // What was the replacement may serve production by now, or its deployment may be over.
    const still = await failingDeployment(service, taskSetId, deps);
    if (typeof still === 'string') return { kind: 'watched', reason: still };
  }
}

function tell(
  observation: TaskObservation,
  fields: Readonly<Record<string, unknown>>,
  { log }: Pick<ObserveTaskDeps, 'log'>,
): TaskObservation {
  log.info('task observed', { ...fields, ...observation });
  return observation;
}
