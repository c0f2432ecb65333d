import { deploymentRecordKeys } from '../core/deployment/deployment-record-keys.ts';
import { parseDeploymentDescription } from '../core/deployment/identity.ts';
import { isRollback } from '../core/deployment/status.ts';
import {
  parseTrackedDeployment,
  type TrackedDeployment,
} from '../core/deployment/tracked-deployment.ts';
import type { Deployment } from '../core/ports/deployments.ts';
import type { Log } from '../core/ports/log.ts';
import type { Records } from '../core/ports/records.ts';
import type { NewerImage } from '../core/supersession/newer-image.ts';
import { executionPrefix } from '../core/sweep/known-execution.ts';
import { isSamePush } from '../core/sweep/same-push.ts';
import { executionName } from '../core/workflow/execution-name.ts';

/**
 * A deployment of the very same push by another execution, which began within a moment: the sweep started one and the
 * late event the other, and ListExecutions is eventually consistent (Step Functions API reference), so that neither
 * saw the other. CodeDeploy lets one of them go first, and its deployment is to be seen by the time it lets the other.
 */
export async function findSamePushDeployed(
  known: readonly Deployment[],
  { release, execution }: Pick<TrackedDeployment, 'release' | 'execution'>,
  { records, log }: { readonly records: Pick<Records, 'read'>; readonly log: Log },
): Promise<NewerImage | undefined> {
  // What a person starts, a redrive included, is another word for it.
  if (execution.executionName !== executionName(release) || execution.redriveCount > 0) {
    return undefined;
  }
  const own = { request: release, startedAtMs: Date.parse(execution.startedAt) };
  const prefix = executionPrefix(release.service, release.digest);
  for (const one of known) {
    const name = parseDeploymentDescription(one.description)?.executionName;
    if (name === undefined || name === execution.executionName || isRollback(one)) continue;
    if (!name.startsWith(prefix)) continue;
    const other = await readTracked(one.deploymentId, { records, log });
    if (other === undefined) continue;
    const startedAtMs = Date.parse(other.execution.startedAt);
    if (!isSamePush(own, { request: other.release, startedAtMs })) continue;
    const { tag, digest, pushedAt } = other.release;
    const sentence = `This push was deployed before, by execution ${name} as deployment ${one.deploymentId}: its outcome is that execution's`;
    return { tag, digest, pushedAtMs: Date.parse(pushedAt), sentence };
  }
  return undefined;
}

/** Without the record it cannot be told, and the push may be deployed twice: once more, never at once (design D2). */
async function readTracked(
  deploymentId: string,
  { records, log }: { readonly records: Pick<Records, 'read'>; readonly log: Log },
): Promise<TrackedDeployment | undefined> {
  try {
    const document = await records.read(deploymentRecordKeys.taskToken(deploymentId));
    return document === undefined ? undefined : parseTrackedDeployment(document);
  } catch (error) {
    log.warn('task token unreadable', { deploymentId, error });
    return undefined;
  }
}
