import { deploymentRecordKeys } from '../core/deployment/deployment-record-keys.ts';
import { decideRolloutEnding } from '../core/rolling/decide-rollout-ending.ts';
import { renderRolloutNotification } from '../core/rolling/render-rollout-notification.ts';
import { notJudged } from '../core/rolling/rollout-checks.ts';
import type { RolloutRecord, RolloutStory } from '../core/rolling/rollout-record.ts';
import { rolloutId } from '../core/rolling/rollout-status.ts';
import { actorOf } from '../core/workflow/actor.ts';
import { recordOutcome } from '../core/workflow/record-outcome.ts';
import type { ConcludeRolloutDeps, WatchedRollout } from './roll-out-deps.ts';

type Deps = Pick<ConcludeRolloutDeps, 'records' | 'notifier' | 'clock' | 'log'>;

/** Records how a rollout ended and tells people once; whoever ends the execution does so afterwards (design D4). */
export async function concludeRollout(
  story: RolloutStory,
  { service, progress }: WatchedRollout,
  deps: Deps,
): Promise<RolloutRecord> {
  const { release, taskDefinitionArn, execution, phases, answers } = progress;
  const deploymentId = rolloutId(story.rollout);
  const key = deploymentRecordKeys.record(deploymentId);
  const back = story.back?.rollout;
  const record: RolloutRecord = {
    ...decideRolloutEnding(story, release),
    strategy: 'ecs-rolling',
    deploymentId,
    ...(back && { rollbackDeploymentId: rolloutId(back) }),
    release,
    taskDefinitionArn,
    execution,
    actor: actorOf(release, execution),
    ...story,
    phases,
    answers,
    notJudged: notJudged(service),
    recordedAt: isoTime(deps),
  };
  const notifiedAt = await toldAt(key, record, deps);
  const known = notifiedAt === undefined ? record : { ...record, notifiedAt };
  await write(key, known, deps);
  const { outcome, reason } = record;
  await recordOutcome(deps, release, execution, { outcome, reason, deploymentId });
  if (notifiedAt !== undefined) return known;
  try {
    await deps.notifier.publish(renderRolloutNotification(record));
  } catch (error) {
    deps.log.error('notification not published', { deploymentId, error });
    return record;
  }
  const told = { ...record, notifiedAt: isoTime(deps) };
  await write(key, told, deps);
  return told;
}

/** When people were told of the same end already, by a try that crashed afterwards. */
async function toldAt(
  key: string,
  { outcome, execution }: RolloutRecord,
  { records, log }: Deps,
): Promise<string | undefined> {
  try {
    const earlier = (await records.read(key)) as Partial<RolloutRecord> | undefined;
    const same =
      earlier?.outcome === outcome && earlier.execution?.redriveCount === execution.redriveCount;
    return same ? earlier.notifiedAt : undefined;
  } catch (error) {
    log.warn('deployment record unreadable', { key, error });
    return undefined;
  }
}

async function write(key: string, record: RolloutRecord, { records, log }: Deps): Promise<void> {
  try {
    await records.write(key, record);
  } catch (error) {
    log.error('record not written', { key, error });
  }
}

function isoTime({ clock }: Pick<Deps, 'clock'>): string {
  return new Date(clock.now()).toISOString();
}
