import type { World } from '../core/world.ts';
import { artifactMediaType } from './artifact.ts';
import type { Repository, StoredImage } from './repository.ts';

/**
 * Sends `ECR Image Action`. `resources` is empty, `image-tag` is missing for an untagged image, and the
 * media types are there although the documented push sample omits them (aws-facts 1.1, 1.2).
 */
export function publishImageAction(
  world: World,
  repository: Repository,
  image: StoredImage,
  { action, tag }: { readonly action: 'PUSH' | 'DELETE'; readonly tag: string | undefined },
): void {
  const artifact = artifactMediaType(image.parsed);
  world.services.events.publish({
    source: 'aws.ecr',
    detailType: 'ECR Image Action',
    resources: [],
    detail: {
      result: 'SUCCESS',
      'repository-name': repository.address.name,
      'image-digest': image.digest,
      'action-type': action,
      ...(tag !== undefined && { 'image-tag': tag }),
      'manifest-media-type': image.parsed.mediaType,
      ...(artifact && { 'artifact-media-type': artifact }),
    },
  });
}
