import type { ServiceConfig } from '../../functions/core/config/schema.ts';
import { digestPattern } from '../../functions/core/image/digest.ts';
import { isImageMediaType } from '../../functions/core/image/release-image.ts';
import type { ImageDetail, ImageRegistry } from '../../functions/core/ports/image-registry.ts';
import { matchesTagPatterns } from '../../functions/core/routing/tag-pattern.ts';
import { UsageError } from '../terminal/run-command.ts';

export interface ChosenImage {
  readonly tag: string | undefined;
  readonly digest: string;
}

/**
 * The image that a person asks about: a tag, a digest, or without either the newest image that the service would
 * take. Throws UsageError when a tag or a matching image is not there; a digest may be missing, that is a finding.
 */
export async function chooseImage(
  images: Pick<ImageRegistry, 'findImage' | 'listTaggedImages'>,
  { repository, tags }: ServiceConfig['image'],
  named: string | undefined,
): Promise<ChosenImage> {
  if (named === undefined) return newestMatching(await images.listTaggedImages(repository));
  if (digestPattern.test(named)) return { tag: undefined, digest: named };
  if (named.startsWith('sha256:')) {
    throw new UsageError(
      `--image ${named} is no digest, expected sha256: and 64 lower-case hexadecimal digits`,
    );
  }
  const tagged = await images.findImage(repository, { tag: named });
  if (tagged === undefined) {
    throw new UsageError(
      `Repository ${repository} has no image with tag ${named}: push it, or name another tag or a digest`,
    );
  }
  return { tag: named, digest: tagged.digest };

  function newestMatching(all: readonly ImageDetail[]): ChosenImage {
    const [newest] = all
      .filter(({ artifactMediaType }) => isImageMediaType(artifactMediaType))
      .flatMap(({ digest, pushedAtMs, tags: given }) => {
        const tag = given.find((candidate) => matchesTagPatterns(candidate, tags));
        return tag === undefined ? [] : [{ tag, digest, pushedAtMs }];
      })
      .toSorted((a, b) => b.pushedAtMs - a.pushedAtMs);
    if (newest === undefined) {
      throw new UsageError(
        `Repository ${repository} has no image whose tag matches ${tags.join(' or ')}: push one, or name one with --image`,
      );
    }
    return { tag: newest.tag, digest: newest.digest };
  }
}
