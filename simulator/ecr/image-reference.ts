import { type Identity, registryHost } from '../core/arns.ts';

export interface ImageReference {
  readonly repository: string;
  /** `latest` when the reference names neither tag nor digest. */
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

const pattern =
  /^([^/]+)\/([a-z0-9]+(?:[._/-]+[a-z0-9]+)*)(?::([A-Za-z0-9_][A-Za-z0-9._-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$/;
const loopback = /^(127\.0\.0\.1|localhost)(:\d+)?$/;

/**
 * Reads `ACCOUNT.dkr.ecr.REGION.amazonaws.com/REPOSITORY:TAG`, `…@sha256:…`, both, or the same with the
 * loopback address the registry really listens on. Undefined when it is somebody else's registry.
 */
export function parseImageReference(
  reference: string,
  identity: Identity,
): ImageReference | undefined {
  const [, host = '', repository = '', tag, digest] = pattern.exec(reference) ?? [];
  if (host !== registryHost(identity) && !loopback.test(host)) return undefined;
  return { repository, tag: tag ?? (digest ? undefined : 'latest'), digest };
}
