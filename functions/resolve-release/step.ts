import { findService } from '../core/config/find-service.ts';
import type { Config, ServiceConfig } from '../core/config/schema.ts';
import { isRollingTarget } from '../core/config/strategy-of.ts';
import { InvalidConfigError, ResourceNotFoundError, UnsupportedError } from '../core/errors.ts';
import { type GateDeps, holdRelease } from '../core/gates/hold-release.ts';
import { shortDigest } from '../core/image/digest.ts';
import { selectPlatform } from '../core/image/select-platform.ts';
import type { Deployments } from '../core/ports/deployments.ts';
import type { EcsServices } from '../core/ports/ecs-services.ts';
import type { Executions } from '../core/ports/executions.ts';
import type { ImageDetail, ImageRegistry } from '../core/ports/image-registry.ts';
import type { ServiceDeployments } from '../core/ports/service-deployments.ts';
import type { TaskDefinitions } from '../core/ports/task-definitions.ts';
import type { ReleaseRequest } from '../core/release.ts';
import { findNewerImage } from '../core/supersession/find-newer-image.ts';
import { keepRetag } from '../core/supersession/keep-retag.ts';
import { movedTag, type NewerImage, newestImageAfter } from '../core/supersession/newer-image.ts';
import { retagOf } from '../core/supersession/retag.ts';
import { runtimePlatform } from '../core/task-definition/runtime-platform.ts';
import { findAlreadyRolledOut } from '../core/workflow/already-rolled-out.ts';
import { findAlreadyRunning } from '../core/workflow/already-running.ts';
import { askedText, handEventId } from '../core/workflow/hand-request.ts';
import {
  type PushRecordDeps,
  recordingFailure,
  recordOutcome,
} from '../core/workflow/record-outcome.ts';
import { servingWorkload } from '../core/workflow/serving-workload.ts';
import type { RequestInput, ResolveInput } from '../core/workflow/step-input.ts';
import { unlessMissing } from '../core/workflow/unless-missing.ts';
import { findSamePush } from './find-same-push.ts';
import { isProductionSettled } from './is-production-settled.ts';
import { releaseByHand } from './release-by-hand.ts';

export interface ResolveReleaseDeps extends PushRecordDeps, GateDeps {
  readonly config: Config;
  readonly images: ImageRegistry;
  readonly services: EcsServices;
  readonly deployments: Pick<Deployments, 'list'>;
  readonly serviceDeployments: Pick<ServiceDeployments, 'list'>;
  readonly taskDefinitions: TaskDefinitions;
  readonly executions: Pick<Executions, 'list' | 'describe'>;
}

export interface ResolveReleaseOutput {
  readonly outcome: 'proceed' | 'already-running' | 'superseded';
  /** One sentence for people. */
  readonly reason: string;
  readonly release: ReleaseRequest;
}

/**
 * Reads what is true now, whatever the push event said (design D2), and decides whether there is anything to
 * deploy: not what production runs already, nothing that a newer image replaces, and no push twice. Whether it can be deployed is
 * preflight's question, also for an image or a service that is not there, so that everything wrong is told at once.
 * Early ends are recorded here, because nothing after this step runs for them.
 */
export async function resolveRelease(
  { request, execution }: ResolveInput,
  deps: ResolveReleaseDeps,
): Promise<ResolveReleaseOutput> {
  if (!('ask' in request)) return resolveRequest({ request, execution }, deps);
  const { service, ask } = request;
  const eventId = handEventId(execution.executionName);
  const unresolved = { service, eventId, asked: askedText(ask) };
  const chosen = await recordingFailure(deps, unresolved, execution, () =>
    releaseByHand(request, execution, deps),
  );
  return resolveRequest({ request: chosen, execution }, deps);
}

function resolveRequest(
  { request, execution }: RequestInput,
  deps: ResolveReleaseDeps,
): Promise<ResolveReleaseOutput> {
  return recordingFailure(deps, request, execution, async () => {
    // First, as its answer stays: what runs changes with the execution that began before.
    const started = await findSamePush({ request, execution }, deps.executions);
    const output =
      started === undefined
        ? await resolve({ request, execution }, deps)
        : ended(request, 'superseded', started);
    const { outcome, reason } = output;
    if (outcome === 'proceed') await holdRelease(request, deps);
    if (outcome !== 'proceed') await recordOutcome(deps, request, execution, { outcome, reason });
    deps.log.info('release resolved', { ...request, outcome, reason });
    return output;
  });
}

async function resolve(
  { request, execution }: RequestInput,
  deps: ResolveReleaseDeps,
): Promise<ResolveReleaseOutput> {
  const config = findService(deps.config, request.service);
  const { image, target } = config;
  const { repository, tag, digest } = request;
  if (repository !== image.repository) {
    throw new InvalidConfigError(
      `Service "${request.service}" takes images of repository "${image.repository}", not of "${repository}" that the request names`,
    );
  }
  // A person who forces a release knows that there are newer ones, or that the tag has moved.
  const force = request.force === true;
  const { exists, moved, tagged } = await readTag(request, deps.images);
  if (moved !== undefined && !force) return ended(request, 'superseded', moved.sentence);
  // Before what runs is looked at: an older push that is on its way must find it, or would change that afterwards.
  const retag = retagOf(request, execution, tagged);
  if (retag !== undefined) await keepRetag(request.service, retag, deps);
  const running = await unlessMissing(findRunning(request, target, deps));
  const isSettled = async () =>
    retag === undefined || (await isProductionSettled({ request, execution }, deps));
  if (running !== undefined && (await isSettled())) {
    return ended(request, 'already-running', running);
  }
  const newer = await unlessMissing(
    exists ? findNewerImage(deps, config, request) : newestImage(request, config, deps.images),
  );
  if (newer !== undefined && !force) return ended(request, 'superseded', newer.sentence);
  if (force) deps.log.warn('release forced', { ...request });
  const name = `${repository}:${tag} (${shortDigest(digest)})`;
  return ended(request, 'proceed', `Image ${name} is to become service "${target.service}"`);
}

function ended(
  release: ReleaseRequest,
  outcome: ResolveReleaseOutput['outcome'],
  reason: string,
): ResolveReleaseOutput {
  return { outcome, reason, release };
}

/** A tag that names another image supersedes this one only where this one can be had at all. */
async function readTag(
  request: ReleaseRequest,
  images: ImageRegistry,
): Promise<{
  readonly exists: boolean;
  /** What the tag names, where that is the image. */
  readonly tagged?: ImageDetail;
  readonly moved?: NewerImage | undefined;
}> {
  const { repository, tag, digest } = request;
  const tagged = await unlessMissing(images.findImage(repository, { tag }));
  if (tagged?.digest === digest) return { exists: true, tagged };
  const exists = (await unlessMissing(images.findImage(repository, { digest }))) !== undefined;
  if (!exists || tagged === undefined) return { exists };
  return { exists, moved: movedTag(tagged, request) };
}

async function newestImage(
  request: ReleaseRequest,
  { image }: ServiceConfig,
  images: ImageRegistry,
): Promise<NewerImage | undefined> {
  return newestImageAfter(request, await images.listTaggedImages(request.repository), image);
}

/** Sentence that says that production runs the image; undefined too where another controller deploys the service. */
async function findRunning(
  request: ReleaseRequest,
  target: ServiceConfig['target'],
  deps: ResolveReleaseDeps,
): Promise<string | undefined> {
  const service = await deps.services.describeService(target.cluster, target.service);
  if (service === undefined) return undefined;
  if (isRollingTarget(target)) {
    const serving = service.rolling && servingWorkload(service);
    if (serving === undefined) return undefined;
    const digests = await digestsOf(request, serving.taskDefinitionArn, deps);
    return findAlreadyRolledOut(deps, target, service, digests);
  }
  const { primaryTaskSet } = service;
  if (service.deploymentController !== 'CODE_DEPLOY' || primaryTaskSet === undefined) {
    return undefined;
  }
  const digests = await digestsOf(request, primaryTaskSet.taskDefinitionArn, deps);
  return findAlreadyRunning(deps, target, { ...service, primaryTaskSet }, digests);
}

/** The image's own and, of an index, that of the manifest that tasks run; the first alone where none fits them. */
async function digestsOf(
  { repository, digest, tag }: ReleaseRequest,
  taskDefinitionArn: string,
  { images, taskDefinitions }: ResolveReleaseDeps,
): Promise<string[]> {
  const running = await taskDefinitions.describe(taskDefinitionArn);
  const platform = runtimePlatform(running.document);
  try {
    const manifest = await images.readManifest(repository, digest);
    return [digest, selectPlatform(manifest, platform, `${repository}:${tag}`)];
  } catch (error) {
    if (error instanceof UnsupportedError || error instanceof ResourceNotFoundError)
      return [digest];
    throw error;
  }
}
