import type { ReleaseWatcher } from '../../../cli/rehearsal/release-watcher.ts';
import type { Journal } from '../../../simulator/core/journal.ts';
import type { PlayedRelease } from '../played-release.ts';

const ended = ['Succeeded', 'Failed', 'Stopped'];

/** Follows a plain deployment to its end, and its rollback to that one's. */
export async function waitForEnd(
  { watcher, journal }: { readonly watcher: ReleaseWatcher; readonly journal: Journal },
  deploymentId: string,
  fromSeq: number,
): Promise<Pick<PlayedRelease, 'outcome' | 'caughtBy' | 'reason'>> {
  const end = await watcher.entry(
    'deployment.status',
    fromSeq,
    (entry) => entry.deploymentId === deploymentId && ended.includes(entry.status),
  );
  if (end.status === 'Succeeded') {
    return { outcome: 'deployed', caughtBy: 'none', reason: `${deploymentId} succeeded` };
  }
  const rollback = await watcher.entry(
    'deployment.created',
    fromSeq,
    ({ creator }) => creator === 'codeDeployRollback',
  );
  await watcher.entry(
    'deployment.status',
    fromSeq,
    (entry) => entry.deploymentId === rollback.deploymentId && ended.includes(entry.status),
  );
  const reason = `${deploymentId} ${end.status}: ${end.errorCode ?? 'no error code'}`;
  if (end.errorCode === 'ALARM_ACTIVE') {
    return { outcome: 'rolled-back', caughtBy: 'alarm', reason };
  }
  const failed = journal
    .of('lifecycle.ended')
    .find((entry) => entry.deploymentId === deploymentId && entry.status === 'Failed');
  return { outcome: 'rolled-back', caughtBy: failed?.lifecycleEvent ?? 'CodeDeploy', reason };
}
