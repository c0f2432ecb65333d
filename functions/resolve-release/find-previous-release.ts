import type { CodeDeployServiceConfig } from '../core/config/strategy-of.ts';
import { deploymentRecordKeys } from '../core/deployment/deployment-record-keys.ts';
import { parseDeploymentDescription } from '../core/deployment/identity.ts';
import { parseDeploymentRecord } from '../core/deployment/parse-deployment-record.ts';
import { isRollback, isTerminal } from '../core/deployment/status.ts';
import { parseTrackedDeployment } from '../core/deployment/tracked-deployment.ts';
import { ReleaseRefused } from '../core/errors.ts';
import { imageOf, pinnedImage } from '../core/hooks/pinned-image.ts';
import { shortDigest } from '../core/image/digest.ts';
import type { Deployment } from '../core/ports/deployments.ts';
import { describeCodeDeployService } from '../core/workflow/code-deploy-service.ts';
import { type PastRelease, previousRelease } from '../core/workflow/previous-release.ts';
import type { ResolveReleaseDeps } from './step.ts';

const dayMs = 24 * 3_600_000;
/** Most rollbacks go back some days; records stay for 400. */
const lookBacksMs = [14 * dayMs, 90 * dayMs, 400 * dayMs] as const;

/**
 * The last release on record that succeeded before what runs now. CodeDeploy knows the order, the records know what
 * each deployment was for. ReleaseRefused when there is none, or while a deployment makes it uncertain what runs.
 */
export async function findPreviousRelease(
  { name, target }: CodeDeployServiceConfig,
  deps: ResolveReleaseDeps,
): Promise<PastRelease> {
  const { primaryTaskSet } = await describeCodeDeployService(deps, target);
  const running = await deps.taskDefinitions.describe(primaryTaskSet.taskDefinitionArn);
  const image = imageOf(running.document, target.container);
  const runningDigest = image === undefined ? undefined : pinnedImage(image)?.digest;
  const read = new Map<string, Promise<PastRelease | undefined>>();
  for (const lookBackMs of lookBacksMs) {
    const sinceMs = deps.clock.now() - lookBackMs;
    const { application, deploymentGroup } = target;
    const known = await deps.deployments.list(application, deploymentGroup, sinceMs);
    refuseWhileDeploying(name, known, primaryTaskSet.externalId);
    const own = known.filter(
      (one) => isOwn(one) && (one.status === 'Succeeded' || !isTerminal(one)),
    );
    for (const one of own) {
      if (!read.has(one.deploymentId)) read.set(one.deploymentId, readPast(one, deps));
    }
    const past = await Promise.all(own.map(({ deploymentId }) => read.get(deploymentId)));
    const history = past.filter((one) => one !== undefined);
    const previous = previousRelease(history, runningDigest);
    if (previous !== undefined) return previous;
  }
  const now = runningDigest === undefined ? (image ?? 'no image') : shortDigest(runningDigest);
  throw new ReleaseRefused(
    `Cannot roll "${name}" back: no release before the running one (${now}) is on record; name the image to go back to`,
  );
}

function isOwn(deployment: Deployment): boolean {
  return (
    parseDeploymentDescription(deployment.description) !== undefined && !isRollback(deployment)
  );
}

/** One whose task set is PRIMARY already only waits to terminate the original. */
function refuseWhileDeploying(
  name: string,
  known: readonly Deployment[],
  primaryDeploymentId: string | undefined,
): void {
  const active = known.find((one) => !isTerminal(one) && one.deploymentId !== primaryDeploymentId);
  if (active === undefined) return;
  throw new ReleaseRefused(
    `Cannot roll "${name}" back: deployment ${active.deploymentId} is ${active.status}, so what to go back to is not certain; stop its execution, which puts everything back, or name an image`,
  );
}

async function readPast(
  { deploymentId, status }: Deployment,
  { records }: Pick<ResolveReleaseDeps, 'records'>,
): Promise<PastRelease | undefined> {
  if (status !== 'Succeeded') {
    // In production already, it has no record before its original is terminated.
    const document = await records.read(deploymentRecordKeys.taskToken(deploymentId));
    return document === undefined
      ? undefined
      : { deploymentId, request: parseTrackedDeployment(document).release };
  }
  const record = parseDeploymentRecord(
    await records.read(deploymentRecordKeys.record(deploymentId)),
  );
  return record?.outcome === 'deployed' ? { deploymentId, request: record.release } : undefined;
}
