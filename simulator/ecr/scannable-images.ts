import type { Repository, StoredImage } from './repository.ts';

/** The image itself, or those that an index lists; attestations (platform unknown) hold nothing to scan. */
export function scannableImages(repository: Repository, image: StoredImage): StoredImage[] {
  const { parsed } = image;
  if (parsed.kind === 'image') return [image];
  return parsed.content.manifests
    .filter(({ platform }) => platform?.architecture !== 'unknown')
    .flatMap(({ digest }) => {
      const child = repository.images.get(digest);
      return child?.parsed.kind === 'image' ? [child] : [];
    });
}
