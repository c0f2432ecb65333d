import type { ServiceConfig } from '../config/schema.ts';
import type { ImageRegistry } from '../ports/image-registry.ts';
import type { Log } from '../ports/log.ts';
import type { Records } from '../ports/records.ts';
import type { ReleaseRequest } from '../release.ts';
import { readRetag } from './keep-retag.ts';
import { movedTag, type NewerImage, newestImageAfter } from './newer-image.ts';
import { supersedingRetag } from './retag.ts';

/**
 * Asks ECR, the truth, whether a newer matching image exists or the tag has moved (design D8), and our records whether
 * an older one was pushed anew under another tag, which ECR does not tell. Called when a release is resolved and again
 * before every start of a deployment. For a release that a person forces there is none.
 */
export async function findNewerImage(
  deps: {
    readonly images: ImageRegistry;
    readonly records: Pick<Records, 'read'>;
    readonly log: Log;
  },
  service: Pick<ServiceConfig, 'image'>,
  request: Pick<ReleaseRequest, 'service' | 'repository' | 'tag' | 'digest' | 'pushedAt' | 'force'>,
): Promise<NewerImage | undefined> {
  if (request.force === true) return undefined;
  const images = await deps.images.listTaggedImages(request.repository);
  const tagged = images.find(({ tags }) => tags.includes(request.tag));
  const moved = tagged === undefined ? undefined : movedTag(tagged, request);
  const newer = moved ?? newestImageAfter(request, images, service.image);
  if (newer !== undefined) return newer;
  const retag = await readRetag(request.service, deps);
  return retag === undefined ? undefined : supersedingRetag(retag, request, images);
}
