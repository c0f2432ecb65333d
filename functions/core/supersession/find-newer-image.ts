import type { ServiceConfig } from '../config/schema.ts';
import type { ImageRegistry } from '../ports/image-registry.ts';
import type { ReleaseRequest } from '../release.ts';
import { movedTag, type NewerImage, newestImageAfter } from './newer-image.ts';

/**
 * Asks ECR, the truth, whether a newer matching image exists or the tag has moved (design D8). Called
 * when a release is resolved and again before every start of a deployment. For a release that a person forces there is none.
 */
export async function findNewerImage(
  deps: { readonly images: ImageRegistry },
  service: Pick<ServiceConfig, 'image'>,
  request: Pick<ReleaseRequest, 'repository' | 'tag' | 'digest' | 'pushedAt' | 'force'>,
): Promise<NewerImage | undefined> {
  if (request.force === true) return undefined;
  const images = await deps.images.listTaggedImages(request.repository);
  const tagged = images.find(({ tags }) => tags.includes(request.tag));
  const moved = tagged === undefined ? undefined : movedTag(tagged, request);
  return moved ?? newestImageAfter(request, images, service.image);
}
