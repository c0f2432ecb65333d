import { deploymentRecordKeys } from '../core/deployment/deployment-record-keys.ts';
import type { Log } from '../core/ports/log.ts';
import type { Records } from '../core/ports/records.ts';
import type { RolloutIntent } from '../core/rolling/rollout-intent.ts';
import { parseRolloutProgress, type RolloutProgress } from '../core/rolling/rollout-progress.ts';
import { pushRecordKeys } from '../core/workflow/push-record.ts';

interface Deps {
  readonly records: Pick<Records, 'read' | 'write'>;
  readonly log: Log;
}

/** Undefined where there is none, and where it cannot be read: then its history is lost, no more (design D2). */
export async function readProgress(
  rolloutId: string,
  { records, log }: Deps,
): Promise<RolloutProgress | undefined> {
  try {
    const document = await records.read(deploymentRecordKeys.rollout(rolloutId));
    return document === undefined ? undefined : parseRolloutProgress(document);
  } catch (error) {
    log.warn('progress of a rollout unreadable', { rolloutId, error });
    return undefined;
  }
}

export async function keepProgress(
  rolloutId: string,
  progress: RolloutProgress,
  { records, log }: Deps,
): Promise<void> {
  try {
    await records.write(deploymentRecordKeys.rollout(rolloutId), progress);
  } catch (error) {
    log.error('progress of a rollout not kept', { rolloutId, error });
  }
}

/** For whoever knows the execution and not its rollout. */
export async function keepIntent(intent: RolloutIntent, { records, log }: Deps): Promise<void> {
  const { eventId, service } = intent.release;
  try {
    await records.write(pushRecordKeys.rollout(eventId, service), intent);
  } catch (error) {
    log.error('intent of a rollout not kept', { service, error });
  }
}
