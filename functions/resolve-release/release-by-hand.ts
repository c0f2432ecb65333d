import { findService } from '../core/config/find-service.ts';
import type { ServiceConfig } from '../core/config/schema.ts';
import { codeDeployService, isRollingService } from '../core/config/strategy-of.ts';
import { InvalidConfigError, ReleaseRefused } from '../core/errors.ts';
import type { ImageDetail } from '../core/ports/image-registry.ts';
import type { ExecutionIdentity, ReleaseRequest } from '../core/release.ts';
import { matchesTagPatterns } from '../core/routing/tag-pattern.ts';
import {
  type Ask,
  askedText,
  type HandRequest,
  handEventId,
} from '../core/workflow/hand-request.ts';
import { unlessMissing } from '../core/workflow/unless-missing.ts';
import { findPreviousRelease } from './find-previous-release.ts';
import { findPreviousRollout } from './find-previous-rollout.ts';
import type { ResolveReleaseDeps } from './step.ts';

/** What a release is called whose image no tag names any more. */
const untagged = 'untagged';

/**
 * The release that a person asked for. It is forced by nature: whoever goes back wants an older image than the newest.
 * ReleaseRefused when there is nothing to go back to, or no such image.
 */
export async function releaseByHand(
  { service: name, ask, overrideFreeze }: HandRequest,
  { executionName }: Pick<ExecutionIdentity, 'executionName'>,
  deps: ResolveReleaseDeps,
): Promise<ReleaseRequest> {
  const service = findService(deps.config, name);
  const chosen =
    ask.kind === 'rollback' ? await goBack(service, deps) : await chooseImage(service, ask, deps);
  deps.log.warn('release chosen by hand', { service: name, asked: askedText(ask), ...chosen });
  return {
    service: name,
    ...chosen,
    eventId: handEventId(executionName),
    force: true,
    byHand: ask.kind,
    ...(overrideFreeze === undefined ? {} : { overrideFreeze }),
  };
}

type Chosen = Pick<ReleaseRequest, 'repository' | 'tag' | 'digest' | 'pushedAt'>;

async function goBack(service: ServiceConfig, deps: ResolveReleaseDeps): Promise<Chosen> {
  const { request } = isRollingService(service)
    ? await findPreviousRollout(service, deps)
    : await findPreviousRelease(codeDeployService(service), deps);
  const { repository, tag, digest, pushedAt } = request;
  return { repository, tag, digest, pushedAt };
}

async function chooseImage(
  { name, image }: ServiceConfig,
  ask: Extract<Ask, { kind: 'image' }>,
  { images }: ResolveReleaseDeps,
): Promise<Chosen> {
  const { repository } = ask;
  if (repository !== image.repository) {
    throw new InvalidConfigError(
      `Service "${name}" takes images of repository "${image.repository}", not of "${repository}" that the request names`,
    );
  }
  const reference = 'tag' in ask ? { tag: ask.tag } : { digest: ask.digest };
  const found = await unlessMissing(images.findImage(repository, reference));
  if (found === undefined) {
    throw new ReleaseRefused(
      `Cannot release ${askedText(ask)} to "${name}": ECR has no such image`,
    );
  }
  return {
    repository,
    tag: 'tag' in ask ? ask.tag : tagOf(found, image.tags),
    digest: found.digest,
    pushedAt: new Date(found.pushedAtMs).toISOString(),
  };
}

function tagOf({ tags }: ImageDetail, patterns: readonly string[]): string {
  return tags.find((tag) => matchesTagPatterns(tag, patterns)) ?? tags[0] ?? untagged;
}
