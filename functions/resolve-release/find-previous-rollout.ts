import type { RollingServiceConfig } from '../core/config/strategy-of.ts';
import { deploymentRecordKeys } from '../core/deployment/deployment-record-keys.ts';
import { ReleaseRefused, ResourceNotFoundError } from '../core/errors.ts';
import { imageOf, pinnedImage } from '../core/hooks/pinned-image.ts';
import { shortDigest } from '../core/image/digest.ts';
import type { Rollout } from '../core/ports/service-deployments.ts';
import { parseRolloutRecord } from '../core/rolling/parse-rollout-record.ts';
import { parseRolloutProgress } from '../core/rolling/rollout-progress.ts';
import { isRolloutOver, rolloutId } from '../core/rolling/rollout-status.ts';
import { type PastRelease, previousRelease } from '../core/workflow/previous-release.ts';
import { servingWorkload } from '../core/workflow/serving-workload.ts';
import type { ResolveReleaseDeps } from './step.ts';

const dayMs = 24 * 3_600_000;
/** Most rollbacks go back some days; ECS tells of 90 (ECS developer guide, "View service history"). */
const lookBacksMs = [14 * dayMs, 90 * dayMs] as const;

/**
 * The last release on record that succeeded before what runs now, as `findPreviousRelease` has it for CodeDeploy: ECS
 * knows the order of rollouts, the records know what each was for. ReleaseRefused when there is none, or while a
 * rollout makes it uncertain what runs.
 */
export async function findPreviousRollout(
  { name, target }: RollingServiceConfig,
  deps: ResolveReleaseDeps,
): Promise<PastRelease> {
  const image = await runningImage({ name, target }, deps);
  const runningDigest = image === undefined ? undefined : pinnedImage(image)?.digest;
  for (const lookBackMs of lookBacksMs) {
    const sinceMs = deps.clock.now() - lookBackMs;
    const known = await deps.serviceDeployments.list(target.cluster, target.service, sinceMs);
    refuseWhileRollingOut(name, known);
    const succeeded = known.filter(({ status }) => status === 'SUCCESSFUL');
    const past = await Promise.all(succeeded.map((one) => readPast(one, deps)));
    const history = past.filter((one) => one !== undefined);
    const previous = previousRelease(history, runningDigest);
    if (previous !== undefined) return previous;
  }
  const now = runningDigest === undefined ? (image ?? 'no image') : shortDigest(runningDigest);
  throw new ReleaseRefused(
    `Cannot roll "${name}" back: no release before the running one (${now}) is on record; name the image to go back to`,
  );
}

async function runningImage(
  { name, target }: Pick<RollingServiceConfig, 'name' | 'target'>,
  { services, taskDefinitions }: ResolveReleaseDeps,
): Promise<string | undefined> {
  const service = await services.describeService(target.cluster, target.service);
  const serving = service && servingWorkload(service);
  if (serving === undefined) {
    throw new ResourceNotFoundError(
      `Cannot roll "${name}" back: ECS has no service "${target.service}" with a deployment in cluster "${target.cluster}"`,
    );
  }
  const { document } = await taskDefinitions.describe(serving.taskDefinitionArn);
  return imageOf(document, target.container);
}

function refuseWhileRollingOut(name: string, known: readonly Rollout[]): void {
  const active = known.find((one) => !isRolloutOver(one));
  if (active === undefined) return;
  throw new ReleaseRefused(
    `Cannot roll "${name}" back: rollout ${rolloutId(active)} is ${active.status}, so what to go back to is not certain; stop its execution, which puts everything back, or name an image`,
  );
}

/** One that is in its bake has all of production, and no record yet; one that was taken back has another outcome. */
async function readPast(
  rollout: Rollout,
  { records }: Pick<ResolveReleaseDeps, 'records'>,
): Promise<PastRelease | undefined> {
  const deploymentId = rolloutId(rollout);
  const document = await records.read(deploymentRecordKeys.record(deploymentId));
  const record = parseRolloutRecord(document);
  if (record !== undefined) {
    return record.outcome === 'deployed' ? { deploymentId, request: record.release } : undefined;
  }
  if (document !== undefined) return undefined;
  if ((await records.read(deploymentRecordKeys.stopRequest(deploymentId))) !== undefined) {
    return undefined;
  }
  const progress = await records.read(deploymentRecordKeys.rollout(deploymentId));
  return progress === undefined
    ? undefined
    : { deploymentId, request: parseRolloutProgress(progress).release };
}
