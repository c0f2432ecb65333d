import { deploymentRecordKeys } from '../core/deployment/deployment-record-keys.ts';
import { notifyOnce } from '../core/notification/notify-once.ts';
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
  const { outcome, reason } = record;
  await recordOutcome(deps, release, execution, { outcome, reason, deploymentId });
  await write(key, record, deps);
  return tellRollout(record, deps);
}

/** Tells people once: an execution that was stopped leaves two of us behind, its last invocation and who settles it. */
export async function tellRollout(record: RolloutRecord, deps: Deps): Promise<RolloutRecord> {
  const { deploymentId, recordedAt } = record;
  if (record.notifiedAt !== undefined) return record;
  const key = deploymentRecordKeys.record(deploymentId);
  const telling = await notifyOnce(
    deploymentRecordKeys.notification(deploymentId),
    'deployment ended',
    renderRolloutNotification(record),
    deps,
    { key, recordedAt },
  );
  if (telling.kind !== 'sent' && telling.kind !== 'sent-before') return record;
  const told = { ...record, notifiedAt: telling.sentAt };
  await write(key, told, deps);
  return told;
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
