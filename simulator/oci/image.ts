import { attestationManifest } from './attestation.ts';
import { type Content, jsonContent } from './descriptor.ts';
import {
  type HistoryEntry,
  type ImagePlatform,
  type ImageSettings,
  imageConfig,
} from './image-config.ts';
import { mediaTypes } from './media-types.ts';

/** A complete image in memory, ready to be pushed. */
export interface OciImage {
  /** What a tag would name: the index, or the manifest when there is none. */
  readonly digest: string;
  /** Digest of the manifest that a container runs from; equals `digest` when there is no index. */
  readonly platformDigest: string;
  readonly platform: ImagePlatform;
  readonly manifest: Content;
  readonly attestation?: Content;
  readonly index?: Content;
  /** Config and layers, each once, in the order in which they should be uploaded. */
  readonly blobs: readonly Content[];
}

export interface ImageParts {
  readonly platform: ImagePlatform;
  readonly settings: ImageSettings;
  readonly history: readonly HistoryEntry[];
  readonly annotations?: Readonly<Record<string, string>>;
  /** Wrap the image in an index with a provenance attestation, as buildx does by default (aws-facts 1.2). */
  readonly attestation: boolean;
}

export function assembleImage(parts: ImageParts): OciImage {
  const { platform, history, annotations } = parts;
  const layers = history.flatMap(({ layer }) => (layer ? [layer] : []));
  const config = imageConfig(platform, parts.settings, history);
  const manifest = jsonContent(mediaTypes.ociManifest, {
    schemaVersion: 2,
    mediaType: mediaTypes.ociManifest,
    config: config.descriptor,
    layers: layers.map(({ descriptor }) => descriptor),
    ...(annotations && { annotations }),
  });
  const image = {
    platformDigest: manifest.descriptor.digest,
    platform,
    manifest,
    blobs: distinct([config, ...layers]),
  };
  if (!parts.attestation) return { ...image, digest: manifest.descriptor.digest };

  const attestation = attestationManifest(manifest.descriptor);
  const index = jsonContent(mediaTypes.ociIndex, {
    schemaVersion: 2,
    mediaType: mediaTypes.ociIndex,
    manifests: [
      {
        ...manifest.descriptor,
        platform: { architecture: platform.architecture, os: platform.os },
      },
      attestation.indexEntry,
    ],
  });
  return {
    ...image,
    digest: index.descriptor.digest,
    attestation: attestation.manifest,
    index,
    blobs: distinct([...image.blobs, ...attestation.blobs]),
  };
}

function distinct(blobs: readonly Content[]): Content[] {
  return [...new Map(blobs.map((blob) => [blob.descriptor.digest, blob])).values()];
}
