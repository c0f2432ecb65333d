import { isRollingService, type RollingServiceConfig } from '../core/config/strategy-of.ts';
import { settle } from '../core/deployment/settle.ts';
import { TransientAwsError } from '../core/errors.ts';
import type { ExecutionEnded } from '../core/events/execution-status-change.ts';
import type { Rollout } from '../core/ports/service-deployments.ts';
import { findOwnRollout } from '../core/rolling/find-own-rollout.ts';
import { parseRolloutIntent, type RolloutIntent } from '../core/rolling/rollout-intent.ts';
import type { RolloutProgress } from '../core/rolling/rollout-progress.ts';
import type { RolloutStory } from '../core/rolling/rollout-record.ts';
import { isRollingOut, isRolloutOver, rolloutId } from '../core/rolling/rollout-status.ts';
import { explainExecutionEnd } from '../core/workflow/explain-execution-end.ts';
import { type PushRecord, pushRecordKeys } from '../core/workflow/push-record.ts';
import { readStopRequest } from '../observe-deployment/read-stop-request.ts';
import { concludeRollout } from '../roll-out/conclude-rollout.ts';
import { readProgress } from '../roll-out/keep-progress.ts';
import type { ConcludeRolloutDeps } from '../roll-out/roll-out-deps.ts';
import { stopRollout } from '../roll-out/stop-rollout.ts';
import { following, followOn } from './follow-on.ts';

/** Clocks of Step Functions and ECS need not agree to the second. */
const clockSkewMs = 60_000;

interface Abandoned {
  readonly rollout: Rollout;
  readonly service: RollingServiceConfig;
  readonly progress: RolloutProgress;
}

/**
 * Settles the rolling update of an execution that nobody carries on: stopped with rollback while it goes forward, and
 * followed to its recorded end, because no event of its own brings anybody here again. One that has all of production
 * already is left there, and its record says that nothing proved it to the end. Returns the rollout's id, undefined
 * when there is nothing to settle.
 */
export async function settleRollout(
  event: ExecutionEnded,
  recorded: PushRecord | undefined,
  deps: ConcludeRolloutDeps,
): Promise<string | undefined> {
  // Whatever ended a rollout recorded its id; a step that failed for another reason did not.
  const isSettled =
    recorded !== undefined && (recorded.outcome !== 'failed' || recorded.deploymentId);
  const abandoned = isSettled ? undefined : await findAbandoned(event, deps);
  if (abandoned === undefined) return undefined;
  const { rollout, service, progress } = abandoned;
  const id = rolloutId(rollout);
  if (isRollingOut(rollout)) {
    const reason = {
      cause: 'execution-stopped',
      sentence: explainExecutionEnd(event),
      evidence: [],
    } as const;
    await stopRollout(rollout.arn, reason, deps);
  }
  const ended = await settle(
    async () => (await deps.serviceDeployments.get(rollout.arn)) ?? rollout,
    (current) => !isRolloutOver(current),
    following(deps),
  );
  if (!isRolloutOver(ended)) {
    // Lambda delivers an event whose handling failed again, after one and two minutes (aws-facts 6).
    throw new TransientAwsError(`Rollout ${id} is ${ended.status}, expected its rollback to end`);
  }
  const watched = { arn: rollout.arn, service, progress };
  const stop = await readStopRequest(id, deps);
  const story: RolloutStory = {
    rollout: ended,
    ...(stop && { stop }),
    stoppedTasks: [],
    ...(await followOn(ended, { stop, unproven: explainExecutionEnd(event) }, watched, deps)),
  };
  await concludeRollout(story, watched, deps);
  return id;
}

/** The newest rollout of the execution: by what it kept of its progress, else by what the execution wanted. */
async function findAbandoned(
  event: ExecutionEnded,
  deps: ConcludeRolloutDeps,
): Promise<Abandoned | undefined> {
  const service = deps.config.services.find(({ name }) => name === event.request.service);
  if (service === undefined || !isRollingService(service)) return undefined;
  const sinceMs = Date.parse(event.startedAt) - clockSkewMs;
  const { cluster, service: name } = service.target;
  const known = await deps.serviceDeployments.list(cluster, name, sinceMs);
  for (const rollout of known) {
    const progress = await readProgress(rolloutId(rollout), deps);
    const { executionName, redriveCount } = progress?.execution ?? {};
    if (progress === undefined || executionName !== event.executionName) continue;
    // One of an attempt before a redrive has ended with that attempt.
    return redriveCount === event.redriveCount ? { rollout, service, progress } : undefined;
  }
  const intent = await readIntent(event, deps);
  if (intent === undefined) return undefined;
  const { attemptStartedAt, deploymentId: _, ...progress } = intent;
  const startedAtMs = Date.parse(attemptStartedAt);
  const rollout = findOwnRollout(known, {
    taskDefinitionArn: intent.taskDefinitionArn,
    startedAtMs,
  });
  return rollout && { rollout, service, progress };
}

/** What this attempt of the execution wanted; it may have died before ECS showed its rollout. */
async function readIntent(
  { request, executionName, redriveCount }: ExecutionEnded,
  { records, log }: ConcludeRolloutDeps,
): Promise<RolloutIntent | undefined> {
  try {
    const key = pushRecordKeys.rollout(request.eventId, request.service);
    const intent = parseRolloutIntent(await records.read(key));
    const { execution } = intent ?? {};
    const isOurs =
      execution?.executionName === executionName && execution.redriveCount === redriveCount;
    return isOurs ? intent : undefined;
  } catch (error) {
    log.warn('intent of a rollout unreadable', { executionName, error });
    return undefined;
  }
}
