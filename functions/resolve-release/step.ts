import { findService } from '../core/config/find-service.ts';
import type { Config } from '../core/config/schema.ts';
import { InvalidConfigError, ResourceNotFoundError } from '../core/errors.ts';
import { shortDigest } from '../core/image/digest.ts';
import { imageReference } from '../core/image/image-reference.ts';
import { renderPlatform, selectPlatform } from '../core/image/select-platform.ts';
import type { Deployments } from '../core/ports/deployments.ts';
import type { EcsServices } from '../core/ports/ecs-services.ts';
import type { ImageRegistry } from '../core/ports/image-registry.ts';
import type { TaskDefinitions } from '../core/ports/task-definitions.ts';
import type { Release, ReleaseRequest } from '../core/release.ts';
import { findNewerImage } from '../core/supersession/find-newer-image.ts';
import { movedTag, type NewerImage } from '../core/supersession/newer-image.ts';
import { runtimePlatform } from '../core/task-definition/runtime-platform.ts';
import { findAlreadyRunning } from '../core/workflow/already-running.ts';
import { describeCodeDeployService } from '../core/workflow/code-deploy-service.ts';
import {
  type PushRecordDeps,
  recordingFailure,
  recordOutcome,
} from '../core/workflow/record-outcome.ts';
import type { RequestInput } from '../core/workflow/step-input.ts';

export interface ResolveReleaseDeps extends PushRecordDeps {
  readonly config: Config;
  readonly images: ImageRegistry;
  readonly services: EcsServices;
  readonly deployments: Pick<Deployments, 'list'>;
  readonly taskDefinitions: TaskDefinitions;
}

/** `reason` is one sentence for people. */
export type ResolveReleaseOutput =
  | { readonly outcome: 'proceed'; readonly reason: string; readonly release: Release }
  | {
      readonly outcome: 'already-running' | 'superseded';
      readonly reason: string;
      readonly release: ReleaseRequest;
    };

/**
 * Reads what is true now, whatever the push event said (design D2): the image behind the tag, the
 * manifest for the platform that production runs, what runs, and whether a newer image exists. Early
 * ends are recorded here, because nothing after this step runs for them.
 */
export async function resolveRelease(
  { request, execution }: RequestInput,
  deps: ResolveReleaseDeps,
): Promise<ResolveReleaseOutput> {
  return recordingFailure(deps, request, execution, async () => {
    const output = await resolve(request, deps);
    const { outcome, reason } = output;
    if (outcome !== 'proceed') await recordOutcome(deps, request, execution, { outcome, reason });
    deps.log.info('release resolved', { ...request, outcome, reason });
    return output;
  });
}

async function resolve(
  request: ReleaseRequest,
  deps: ResolveReleaseDeps,
): Promise<ResolveReleaseOutput> {
  const config = findService(deps.config, request.service);
  const { image, target } = config;
  if (request.repository !== image.repository) {
    throw new InvalidConfigError(
      `Service "${request.service}" takes images of repository "${image.repository}", not of "${request.repository}" that the request names`,
    );
  }
  const ended = (outcome: 'already-running' | 'superseded', reason: string) =>
    ({ outcome, reason, release: request }) as const;

  const moved = await readTag(request, deps.images);
  if (moved !== undefined) return ended('superseded', moved.sentence);

  const service = await describeCodeDeployService(deps, target);
  const { taskDefinitionArn } = service.primaryTaskSet;
  const original = await deps.taskDefinitions.describe(taskDefinitionArn);
  const platform = runtimePlatform(original.document);
  const manifest = await deps.images.readManifest(request.repository, request.digest);
  const name = `${request.repository}:${request.tag}`;
  const platformDigest = selectPlatform(manifest, platform, name);

  const digests = [request.digest, platformDigest];
  const running = await findAlreadyRunning(deps, target, service, digests);
  if (running !== undefined) return ended('already-running', running);
  const newer = await findNewerImage(deps, config, request);
  if (newer !== undefined) return ended('superseded', newer.sentence);

  return {
    outcome: 'proceed',
    reason: `Image ${name} (${shortDigest(request.digest)}) is to replace what ${taskDefinitionArn} runs`,
    release: {
      ...request,
      platformDigest,
      platform: renderPlatform(platform),
      image: imageReference(service.serviceArn, request.repository, request.digest),
      originalTaskDefinitionArn: taskDefinitionArn,
    },
  };
}

/** What the tag names by now instead; ResourceNotFoundError when tag or image is gone. */
async function readTag(
  request: ReleaseRequest,
  images: ImageRegistry,
): Promise<NewerImage | undefined> {
  const { repository, tag, digest } = request;
  const tagged = await images.findImage(repository, { tag });
  if (tagged?.digest === digest) return undefined;
  if ((await images.findImage(repository, { digest })) === undefined) {
    throw new ResourceNotFoundError(
      `Repository "${repository}" has no image ${digest}, which was pushed as "${tag}": it was deleted since, or never there`,
    );
  }
  if (tagged === undefined) {
    throw new ResourceNotFoundError(
      `Repository "${repository}" has no tag "${tag}" any more, expected it to name ${shortDigest(digest)}: push the tag again to deploy the image`,
    );
  }
  return movedTag(tagged, request);
}
