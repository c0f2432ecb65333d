import { mediaTypes } from '../oci/media-types.ts';
import type { ParsedManifest } from '../oci/parse-manifest.ts';
import type { Repository, StoredImage } from './repository.ts';

/** What kind of thing a manifest holds: `artifactType`, else its config's type; an index does not say. */
export function artifactMediaType({ kind, content }: ParsedManifest): string | undefined {
  if (content.artifactType) return content.artifactType;
  if (kind === 'index' || content.config.mediaType === mediaTypes.ociEmpty) return undefined;
  return content.config.mediaType;
}

/** Compressed bytes of config and layers; for an index those of its largest child (aws-facts 1.5). */
export function imageSizeInBytes(repository: Repository, { parsed }: StoredImage): number {
  if (parsed.kind === 'image') {
    const { config, layers } = parsed.content;
    return [config, ...layers].reduce((sum, { size }) => sum + size, 0);
  }
  const sizes = parsed.content.manifests.map(({ digest }) => {
    const child = repository.images.get(digest);
    return child && child.parsed.kind === 'image' ? imageSizeInBytes(repository, child) : 0;
  });
  return Math.max(0, ...sizes);
}
