import type { Ending } from '../deployment/deployment-record.ts';
import { speaksAgainstRelease } from '../deployment/stop-request.ts';
import { shortDigest } from '../image/digest.ts';
import type { Release } from '../release.ts';
import { combineChecks } from '../verdict/combine-checks.ts';
import type { RolloutStory } from './rollout-record.ts';
import { rolloutId } from './rollout-status.ts';

/**
 * How a rolling update ended, by the service deployment's own status: a service that is stable may be stable on the
 * previous revision. A way back counts only when it has ended well and its verification passed (P3), unless the next
 * release began before there was anything to verify.
 */
export function decideRolloutEnding(
  story: RolloutStory,
  release: Pick<Release, 'service' | 'tag' | 'digest'>,
): Ending {
  const { rollout, back, stop, unproven } = story;
  const why = explainRollout(story);
  if (back === undefined) {
    if (rollout.status === 'SUCCESSFUL') {
      const wasOvertaken = story.overtakenBy !== undefined;
      return stop !== undefined && speaksAgainstRelease(stop) && !wasOvertaken
        ? {
            outcome: 'failed',
            error: 'RollbackMissing',
            reason: `Not taken back, tasks of the release serve production: ${why}; nobody rolled the previous revision out again, as ${unproven ?? 'nobody was there to'}`,
          }
        : decideSuccess(story, release);
    }
    return rollout.status === 'ROLLBACK_FAILED'
      ? { outcome: 'failed', error: 'RollbackFailed', reason: `Rollback failed: ${why}` }
      : {
          outcome: 'failed',
          error: 'DeploymentFailed',
          reason: `Failed and was not rolled back, tasks of the release may serve production: ${why}`,
        };
  }
  const status = back.rollout?.status ?? 'SUCCESSFUL';
  if (status !== 'SUCCESSFUL') {
    return {
      outcome: 'failed',
      error: 'RollbackFailed',
      reason: `Rollback failed: the rollout of the previous revision ended as ${status}, expected SUCCESSFUL; it was to mend: ${why}`,
    };
  }
  const { verdict, sentence } = combineChecks(back.checks);
  const { overtakenBy } = back;
  if (verdict !== 'pass' && overtakenBy === undefined) {
    return {
      outcome: 'failed',
      error: 'RollbackFailed',
      reason: `Rolled back, but not verified: ${sentence}; it was to mend: ${why}`,
    };
  }
  const unseen =
    overtakenBy === undefined
      ? ''
      : `; the way back was not verified to the end, as rollout ${overtakenBy} has begun since`;
  return stop?.cause === 'superseded'
    ? { outcome: 'superseded', error: 'ReleaseSuperseded', reason: `Superseded: ${why}${unseen}` }
    : {
        outcome: 'rolled-back',
        error: 'DeploymentRolledBack',
        reason: `Rolled back: ${why}${unseen}`,
      };
}

/** All of production had the release: whether it was proven there, and whether it still has, is another question. */
function decideSuccess(
  { rollout, unproven, overtakenBy, unverified }: RolloutStory,
  { service, tag, digest }: Pick<Release, 'service' | 'tag' | 'digest'>,
): Ending {
  const id = rolloutId(rollout);
  if (unverified !== undefined) {
    const reason = `Cannot confirm ${service} ${tag} after rollout ${id}: ${unverified}`;
    return { outcome: 'failed', error: 'VerificationFailed', reason };
  }
  const image = `${tag} (${shortDigest(digest)})`;
  const so =
    overtakenBy === undefined
      ? `Deployed: ${image} serves production of ${service}, rollout ${id} succeeded`
      : `Deployed: ${image} had all of production of ${service}, rollout ${id} succeeded`;
  const because =
    overtakenBy === undefined ? unproven : `rollout ${overtakenBy} has taken its place since`;
  return {
    outcome: 'deployed',
    reason: because === undefined ? so : `${so}, not proven to the end: ${because}`,
  };
}

/** Our own reason where we had it stopped, else what ECS says with what its tasks died of. */
export function explainRollout({ rollout, stop, stoppedTasks }: RolloutStory): string {
  if (stop !== undefined) return stop.sentence;
  const { statusReason, rollback, failures, triggeredAlarmNames, status } = rollout;
  const said = trimStop(
    rollback?.reason ?? statusReason ?? `rollout ${rolloutId(rollout)} is ${status}`,
  );
  const alarms =
    triggeredAlarmNames.length === 0 ? '' : `, in ALARM: ${triggeredAlarmNames.join(', ')}`;
  const breaker =
    failures === undefined || failures.count < failures.threshold
      ? ''
      : `, ${failures.count} tasks failed`;
  const last = stoppedTasks.at(-1);
  return `${said}${alarms}${breaker}${last === undefined ? '' : `, the last one: ${last}`}`;
}

/** Our sentences end without a full stop, those of ECS with one. */
function trimStop(message: string): string {
  return message.replace(/\.$/, '');
}
