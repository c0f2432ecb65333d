import { UnsupportedError } from '../errors.ts';
import type { ImageManifest, ImagePlatform } from '../ports/image-registry.ts';
import { shortDigest } from './digest.ts';

/** OCI spelling, e.g. `linux/amd64`. */
export function renderPlatform({ os, architecture }: ImagePlatform): string {
  return `${os}/${architecture}`;
}

/**
 * Digest of the manifest that a task on `wanted` runs: the matching child of an index, else the image
 * itself. UnsupportedError when nothing fits, because the tasks could not start (aws-facts 2.5).
 */
export function selectPlatform(
  manifest: ImageManifest,
  wanted: ImagePlatform,
  image: string,
): string {
  const candidates = manifest.kind === 'index' ? manifest.children : [manifest];
  const found = candidates.find(
    ({ platform }) => platform.os === wanted.os && platform.architecture === wanted.architecture,
  );
  if (found !== undefined) return found.digest;
  const offered = candidates.map(({ platform }) => renderPlatform(platform)).join(', ');
  throw new UnsupportedError(
    `Image ${image} (${shortDigest(manifest.digest)}) is built for ${offered || 'no platform'}, expected ${renderPlatform(wanted)}, the runtimePlatform of the running task definition`,
  );
}
