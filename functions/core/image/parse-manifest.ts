import { UnsupportedError } from '../errors.ts';
import type { ImagePlatform } from '../ports/image-registry.ts';
import { digestPattern } from './digest.ts';

/** Media types to accept; without both families ECR may convert what it hands out (aws-facts 1.5). */
export const manifestMediaTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
] as const;

export type ParsedManifest =
  | { readonly kind: 'image'; readonly configDigest: string }
  | {
      readonly kind: 'index';
      /** `platform` is undefined where the index does not say it. */
      readonly children: readonly {
        readonly digest: string;
        readonly platform: ImagePlatform | undefined;
      }[];
    };

/**
 * Reads an OCI or Docker manifest or index. Attestations (`unknown/unknown`) are left out: they run
 * nowhere (aws-facts 1.2). Throws UnsupportedError for anything else.
 */
export function parseManifest(text: string, digest: string): ParsedManifest {
  const manifest = parseObject(text);
  if (manifest !== undefined && Array.isArray(manifest.manifests)) {
    return { kind: 'index', children: manifest.manifests.flatMap(childOf) };
  }
  const config = manifest?.config;
  if (isObject(config) && isDigest(config.digest)) {
    return { kind: 'image', configDigest: config.digest };
  }
  throw new UnsupportedError(
    `Manifest ${digest} is neither an index nor an image manifest of OCI or Docker schema 2`,
  );
}

/** Reads `os` and `architecture` of an image configuration; UnsupportedError when they are missing. */
export function parseImageConfig(text: string, digest: string): ImagePlatform {
  const platform = platformOf(parseObject(text));
  if (platform === undefined) {
    throw new UnsupportedError(
      `The configuration ${digest} of an image has no os and architecture, expected an image that a container runtime starts`,
    );
  }
  return platform;
}

function childOf(child: unknown): { digest: string; platform: ImagePlatform | undefined }[] {
  if (!isObject(child) || !isDigest(child.digest)) return [];
  const platform = platformOf(child.platform);
  return platform?.os === 'unknown' ? [] : [{ digest: child.digest, platform }];
}

function platformOf(value: unknown): ImagePlatform | undefined {
  if (!isObject(value)) return undefined;
  const { os, architecture } = value;
  return isWord(os) && isWord(architecture) ? { os, architecture } : undefined;
}

/** Whoever pushes writes the manifest: what it names goes into calls and messages. */
function isDigest(value: unknown): value is string {
  return typeof value === 'string' && digestPattern.test(value);
}

/** As Go names operating systems and architectures (OCI image specification, "Properties"). */
function isWord(value: unknown): value is string {
  return typeof value === 'string' && /^[a-z0-9._-]{1,32}$/.test(value);
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
