import { z } from 'zod';
import { isSha256Digest } from './digest.ts';
import { isImageMediaType, isIndexMediaType } from './media-types.ts';

const descriptor = z.object({
  mediaType: z.string().min(1),
  digest: z.string().refine(isSha256Digest, { message: 'must be sha256: and 64 hex digits' }),
  size: z.int().nonnegative(),
  annotations: z.record(z.string(), z.string()).optional(),
});

const platform = z.object({ os: z.string(), architecture: z.string() });

const common = {
  schemaVersion: z.literal(2),
  mediaType: z.string().optional(),
  artifactType: z.string().optional(),
  subject: descriptor.optional(),
  annotations: z.record(z.string(), z.string()).optional(),
};

const imageManifest = z.object({ ...common, config: descriptor, layers: z.array(descriptor) });
const imageIndex = z.object({
  ...common,
  manifests: z.array(descriptor.extend({ platform: platform.optional() })),
});

export type ImageManifest = z.output<typeof imageManifest>;
export type ImageIndex = z.output<typeof imageIndex>;

export type ParsedManifest =
  | { readonly kind: 'image'; readonly mediaType: string; readonly content: ImageManifest }
  | { readonly kind: 'index'; readonly mediaType: string; readonly content: ImageIndex };

/** Its message is fit for a client: one sentence on what is wrong with the manifest. */
export class InvalidManifestError extends Error {
  override readonly name = 'InvalidManifestError';
}

/**
 * Reads an image manifest or an index. `declaredMediaType` is what the client said beside the bytes
 * (Content-Type, imageManifestMediaType); it is needed when the manifest does not say it itself, and may
 * not contradict it. Throws InvalidManifestError.
 */
export function parseManifest(bytes: Uint8Array, declaredMediaType?: string): ParsedManifest {
  const value = parseJson(bytes);
  const mediaType = chooseMediaType(value, declaredMediaType);
  if (isIndexMediaType(mediaType)) {
    return { kind: 'index', mediaType, content: checked(imageIndex, value) };
  }
  return { kind: 'image', mediaType, content: checked(imageManifest, value) };
}

function parseJson(bytes: Uint8Array): object {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new InvalidManifestError('The manifest is not JSON in UTF-8');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InvalidManifestError('The manifest is not a JSON object');
  }
  return value;
}

function chooseMediaType(value: object, declared: string | undefined): string {
  const own = 'mediaType' in value && typeof value.mediaType === 'string' ? value.mediaType : '';
  const mediaType = own || declared;
  if (own && declared && own !== declared) {
    throw new InvalidManifestError(
      `The manifest says it is '${own}' but was sent as '${declared}'`,
    );
  }
  if (!mediaType) throw new InvalidManifestError('The manifest says no media type');
  if (!isImageMediaType(mediaType) && !isIndexMediaType(mediaType)) {
    throw new InvalidManifestError(`The manifest media type '${mediaType}' is not supported`);
  }
  // The same bytes must not be an image to one reader and an index to another.
  if ('manifests' in value && ('config' in value || 'layers' in value)) {
    throw new InvalidManifestError('The manifest has members of both an image and an index');
  }
  return mediaType;
}

function checked<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new InvalidManifestError(
    `The manifest is invalid at '${issue?.path.join('.') ?? ''}': ${issue?.message ?? 'unknown'}`,
  );
}
