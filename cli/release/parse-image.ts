import { digestPattern } from '../../functions/core/image/digest.ts';
import { UsageError } from '../terminal/run-command.ts';

/** What a push prints in front of a repository; a first part with a dot or a colon is a host (distribution reference). */
const registryHost = /^(?:localhost|[^/]*[.:][^/]*)\//;

/**
 * Reads `REPOSITORY@sha256:…`, with or without the registry in front and a tag in between. Throws UsageError that
 * says how the digest is found.
 */
export function parseImage(text: string): { readonly repository: string; readonly digest: string } {
  const at = text.lastIndexOf('@');
  const digest = text.slice(at + 1);
  if (at < 1 || !digestPattern.test(digest)) {
    throw new UsageError(
      `--image takes REPOSITORY@sha256:… with 64 hexadecimal digits, got "${text}"; docker buildx imagetools inspect IMAGE:TAG --format "{{.Manifest.Digest}}" prints the digest of what was pushed`,
    );
  }
  const repository = withoutRegistry(text.slice(0, at)).replace(/:[^/]*$/, '');
  return { repository, digest };
}

/** What follows the registry's host, or the whole where there is none. */
export function withoutRegistry(image: string): string {
  return image.replace(registryHost, '');
}
