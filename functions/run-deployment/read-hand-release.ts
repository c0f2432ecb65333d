import { deploymentRecordKeys } from '../core/deployment/deployment-record-keys.ts';
import { parseDeploymentDescription } from '../core/deployment/identity.ts';
import { isRollback } from '../core/deployment/status.ts';
import { parseTrackedDeployment } from '../core/deployment/tracked-deployment.ts';
import type { Deployment } from '../core/ports/deployments.ts';
import type { Log } from '../core/ports/log.ts';
import type { Records } from '../core/ports/records.ts';
import type { Release } from '../core/release.ts';
import { isNamedByPush } from '../core/workflow/execution-name.ts';

export interface ReadReleaseDeps {
  readonly records: Pick<Records, 'read'>;
  readonly log: Log;
}

/** The release of a deployment that a person chose by hand; undefined for any other, and where no record tells. */
export async function readHandRelease(
  deployment: Deployment,
  deps: ReadReleaseDeps,
): Promise<Release | undefined> {
  const { executionName } = parseDeploymentDescription(deployment.description) ?? {};
  if (executionName === undefined || isNamedByPush(executionName)) return undefined;
  const release = await readRelease(deployment, deps);
  return release?.byHand === undefined ? undefined : release;
}

/** What a deployment of ours is for; undefined for any other, and where no record tells. */
export async function readRelease(
  deployment: Deployment,
  { records, log }: ReadReleaseDeps,
): Promise<Release | undefined> {
  const { deploymentId, description } = deployment;
  if (parseDeploymentDescription(description) === undefined || isRollback(deployment)) {
    return undefined;
  }
  try {
    const document = await records.read(deploymentRecordKeys.taskToken(deploymentId));
    return document === undefined ? undefined : parseTrackedDeployment(document).release;
  } catch (error) {
    log.warn('task token unreadable', { deploymentId, error });
    return undefined;
  }
}
