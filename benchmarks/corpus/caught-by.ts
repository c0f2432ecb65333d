import type { Attempt } from '../../cli/rehearsal/report.ts';
import type { PreflightRecord } from '../../functions/core/preflight/preflight-record.ts';
import type { Journal } from '../../simulator/core/journal.ts';
import { refusedBy } from './refused-by.ts';

/** What stopped a release, in the words of the report; `none` when it was deployed. */
export function caughtBy(
  { outcome, evidence, deploymentId }: Pick<Attempt, 'outcome' | 'evidence' | 'deploymentId'>,
  journal: Journal,
  fromSeq: number,
  preflight?: Partial<PreflightRecord>,
): string {
  if (outcome === 'deployed') return 'none';
  const since = journal.entries.slice(fromSeq);
  if (deploymentId === null) {
    const checks = refusedBy(preflight);
    if (checks) return `preflight: ${checks.join(', ')}`;
    const state = since.findLast((entry) => entry.kind === 'execution.state-entered');
    return state?.kind === 'execution.state-entered' ? state.state : 'workflow';
  }
  const against = evidence.find(({ verdict }) => verdict !== 'pass');
  if (against) return `${against.lifecycleEvent}: ${against.check}`;
  const failed = since.find(
    (entry) =>
      entry.kind === 'lifecycle.ended' &&
      entry.deploymentId === deploymentId &&
      entry.status === 'Failed',
  );
  const status = since.findLast(
    (entry) => entry.kind === 'deployment.status' && entry.deploymentId === deploymentId,
  );
  if (status?.kind === 'deployment.status' && status.errorCode === 'ALARM_ACTIVE') return 'alarm';
  return failed?.kind === 'lifecycle.ended' ? failed.lifecycleEvent : 'CodeDeploy';
}

/** The same for a rolling update, whose tasks ECS or Greengate gave up where no check spoke against the release. */
export function caughtInRollout(...of: Parameters<typeof caughtBy>): string {
  const by = caughtBy(...of);
  return by === 'CodeDeploy' ? 'tasks that could not run' : by;
}
