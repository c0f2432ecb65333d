import { findService } from '../core/config/find-service.ts';
import { rollingService } from '../core/config/strategy-of.ts';
import { endingError } from '../core/deployment/ending-error.ts';
import { speaksAgainstRelease } from '../core/deployment/stop-request.ts';
import type { ReleaseResult } from '../core/deployment/task-answer.ts';
import { ReleaseSuperseded, RevisionOutdated } from '../core/errors.ts';
import { explainStop, isFailure } from '../core/fail-fast/stop-reasons.ts';
import type { RolloutRecord, RolloutStory } from '../core/rolling/rollout-record.ts';
import { rolloutId } from '../core/rolling/rollout-status.ts';
import { recordingFailure, recordOutcome } from '../core/workflow/record-outcome.ts';
import { readStopRequest } from '../observe-deployment/read-stop-request.ts';
import { readTaskEnds } from '../observe-task/read-task-ends.ts';
import { concludeRollout } from './conclude-rollout.ts';
import { type Ensured, ensureRollout } from './ensure-rollout.ts';
import { findOvertaking } from './find-overtaking.ts';
import { goBack } from './go-back.ts';
import { proveRollout } from './prove-rollout.ts';
import type { RollOutDeps, WatchedRollout } from './roll-out-deps.ts';
import type { RollOutInput } from './roll-out-input.ts';
import { stopRollout } from './stop-rollout.ts';
import { verifyRolledOut } from './verify-rolled-out.ts';
import { verifyWayBack } from './verify-way-back.ts';
import { type EndedRollout, reasonOf, watchRollout } from './watch-rollout.ts';

/**
 * Takes a release to production by a rolling update of ECS, from its start to its recorded end (design D10). What
 * counts is the service deployment's own status, never that the service is stable. Every call may be the last before a
 * crash, and throws RolloutRunning when its time is over: the next one finds what is there (design D3).
 */
export async function rollOut(input: RollOutInput, deps: RollOutDeps): Promise<ReleaseResult> {
  const { release, execution } = input;
  const end = await recordingFailure(deps, release, execution, () => reachEnd(input, deps));
  if ('outdated' in end) throw new RevisionOutdated(end.outdated);
  if ('supersededBy' in end) {
    const { sentence, tag, digest } = end.supersededBy;
    await recordOutcome(deps, release, execution, { outcome: 'superseded', reason: sentence });
    throw new ReleaseSuperseded(sentence, { details: { tag, digest } });
  }
  if ('judgedBefore' in end) {
    const { deploymentId, outcome, reason } = end.judgedBefore;
    await recordOutcome(deps, release, execution, { outcome, reason, deploymentId });
    throw endingError(end.judgedBefore, deploymentId);
  }
  const { deploymentId, outcome, reason } = end;
  deps.log.info('rollout ended', { deploymentId, service: release.service, outcome, reason });
  if (end.outcome !== 'deployed') throw endingError(end, deploymentId);
  const { service, tag, digest } = release;
  return { outcome: 'deployed', reason, service, tag, digest, deploymentId };
}

async function reachEnd(
  input: RollOutInput,
  deps: RollOutDeps,
): Promise<RolloutRecord | Exclude<Ensured, WatchedRollout>> {
  const service = rollingService(findService(deps.config, input.release.service));
  const ensured = await ensureRollout(input, service, deps);
  if (!('arn' in ensured)) return ensured;
  const ended = await watchRollout(ensured, deps);
  const watched = { ...ensured, progress: ended.progress };
  const { story, progress } = await tell(ended, watched, deps);
  return concludeRollout(story, { ...watched, progress }, deps);
}

async function tell(
  { rollout, progress }: EndedRollout,
  watched: WatchedRollout,
  deps: RollOutDeps,
): Promise<{ readonly story: RolloutStory; readonly progress: WatchedRollout['progress'] }> {
  const stop = await readStopRequest(rolloutId(rollout), deps);
  if (rollout.status === 'SUCCESSFUL') return tellOfSuccess(rollout, stop, watched, deps);
  const stoppedTasks = await explainStops(watched, deps);
  const story = { rollout, ...(stop && { stop }), stoppedTasks };
  if (rollout.status !== 'ROLLBACK_SUCCESSFUL') return { story, progress };
  const back = await verifyWayBack(rollout, undefined, watched, deps);
  return { story: { ...story, back }, progress };
}

/** A rollout that succeeded is only proven by its checks; what failed in its last moment was too late to be stopped. */
async function tellOfSuccess(
  rollout: EndedRollout['rollout'],
  earlier: RolloutStory['stop'],
  watched: WatchedRollout,
  deps: RollOutDeps,
): ReturnType<typeof tell> {
  let { progress } = watched;
  let stop = earlier && speaksAgainstRelease(earlier) ? earlier : undefined;
  if (stop === undefined) {
    const proof = await proveRollout(rollout, watched, deps);
    progress = proof.progress;
    if (proof.against === undefined) {
      const unverified =
        proof.overtakenBy === undefined
          ? await verifyRolledOut({ ...watched, progress }, deps)
          : undefined;
      // Also one that began while it was verified.
      const by =
        proof.overtakenBy ??
        (unverified && (await findOvertaking(rollout.createdAtMs, { ...watched, progress }, deps)));
      const story = {
        rollout,
        stoppedTasks: [],
        ...(by ? { overtakenBy: rolloutId(by) } : unverified && { unverified }),
      };
      return { story, progress };
    }
    const reason = reasonOf(proof.against);
    // Nothing is left to stop: this keeps the reason, so that a crash on the way back does not lose it.
    await stopRollout(rollout.arn, reason, deps);
    stop = { ...reason, requestedAt: new Date(deps.clock.now()).toISOString() };
  }
  const proven = { ...watched, progress };
  const next = await goBack(rollout.createdAtMs, proven, deps);
  if (next.taskDefinitionArn !== progress.release.originalTaskDefinitionArn) {
    return { story: { rollout, stoppedTasks: [], overtakenBy: rolloutId(next) }, progress };
  }
  const back = await verifyWayBack(rollout, next, proven, deps);
  return { story: { rollout, stop, stoppedTasks: [], back }, progress };
}

/** One line for each task of the release that failed, as far as ECS still knows them. */
async function explainStops(
  { service, progress }: WatchedRollout,
  deps: RollOutDeps,
): Promise<string[]> {
  if (progress.ecsDeploymentId === undefined) return [];
  const { logLines } = service.failFast;
  const ends = await readTaskEnds(service.target, progress.ecsDeploymentId, logLines, deps);
  return ends.filter(isFailure).map(explainStop);
}
