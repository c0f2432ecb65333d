import { ResourceNotFoundError, UnsupportedError } from '../../errors.ts';
import { imageReference } from '../../image/image-reference.ts';
import { renderPlatform } from '../../image/select-platform.ts';
import type { Release, ReleaseRequest } from '../../release.ts';
import { runtimePlatform } from '../../task-definition/runtime-platform.ts';
import { SkipCheck } from '../skip-check.ts';
import type { ReleaseFacts } from './release-facts.ts';

/**
 * The release with everything that later steps need, from the facts that the checks judged: a redriven execution
 * must not go on with what was true before things were mended. SkipCheck where there is nothing to deploy to.
 */
export async function completeRelease(
  request: ReleaseRequest,
  facts: ReleaseFacts,
): Promise<Release> {
  const [{ serviceArn }, { arn, document }, platformDigest] = await Promise.all([
    facts.existingService(),
    facts.runningTaskDefinition(),
    platformDigestOf(facts),
  ]);
  return {
    ...request,
    platformDigest,
    platform: renderPlatform(runtimePlatform(document)),
    image: imageReference(serviceArn, request.repository, request.digest),
    originalTaskDefinitionArn: arn,
  };
}

/** Where image-exists or image-platform only warns, nothing but the image itself can be expected to run. */
async function platformDigestOf(facts: ReleaseFacts): Promise<string> {
  try {
    return await facts.platformDigest();
  } catch (error) {
    const unfit =
      error instanceof UnsupportedError ||
      error instanceof ResourceNotFoundError ||
      error instanceof SkipCheck;
    if (unfit) return facts.subject.digest;
    throw error;
  }
}
