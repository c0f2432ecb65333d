import { type Content, contentOf, jsonContent } from '../../../simulator/oci/descriptor.ts';
import { mediaTypes } from '../../../simulator/oci/media-types.ts';
import type { EcrBench } from './ecr-bench.ts';

export interface TestImage {
  readonly manifest: Content;
  readonly config: Content;
  readonly layers: readonly Content[];
}

export interface TestImageOptions {
  readonly architecture?: string;
  readonly layers?: readonly Content[];
  readonly diffIds?: readonly string[];
  readonly config?: object;
  readonly subject?: Content;
}

/** An image written by hand; `name` makes it differ from others. */
export function testImage(name: string, options: TestImageOptions = {}): TestImage {
  const { architecture = 'amd64', layers = [], diffIds } = options;
  const config = jsonContent(mediaTypes.ociConfig, {
    architecture,
    os: 'linux',
    config: { Env: [`NAME=${name}`], ...options.config },
    rootfs: { type: 'layers', diff_ids: diffIds ?? [] },
  });
  const manifest = jsonContent(mediaTypes.ociManifest, {
    schemaVersion: 2,
    mediaType: mediaTypes.ociManifest,
    config: config.descriptor,
    layers: layers.map(({ descriptor }) => descriptor),
    ...(options.subject && { subject: options.subject.descriptor }),
  });
  return { manifest, config, layers };
}

export function testIndex(children: readonly { image: TestImage; platform?: string }[]): Content {
  return jsonContent(mediaTypes.ociIndex, {
    schemaVersion: 2,
    mediaType: mediaTypes.ociIndex,
    manifests: children.map(({ image, platform = 'linux/amd64' }) => {
      const [os, architecture] = platform.split('/');
      return { ...image.manifest.descriptor, platform: { os, architecture } };
    }),
  });
}

export function layerOf(bytes: Uint8Array, mediaType: string = mediaTypes.ociLayerTar): Content {
  return contentOf(mediaType, bytes);
}

/** Uploads config and layers through the registry. */
export async function uploadBlobs(bench: EcrBench, repository: string, image: TestImage) {
  for (const { descriptor, bytes } of [image.config, ...image.layers]) {
    const url = `${bench.registry}/v2/${repository}/blobs/uploads/?digest=${descriptor.digest}`;
    const response = await fetch(url, { method: 'POST', body: bytes });
    if (response.status !== 201) throw new Error(await response.text());
  }
}

export function putManifest(
  bench: EcrBench,
  repository: string,
  reference: string,
  { descriptor, bytes }: Content,
): Promise<Response> {
  return fetch(`${bench.registry}/v2/${repository}/manifests/${reference}`, {
    method: 'PUT',
    headers: { 'content-type': descriptor.mediaType },
    body: bytes,
  });
}

/** Blobs and manifest; untagged when no tag is given. */
export async function pushTestImage(
  bench: EcrBench,
  repository: string,
  image: TestImage,
  tag?: string,
): Promise<string> {
  const { digest } = image.manifest.descriptor;
  await uploadBlobs(bench, repository, image);
  const response = await putManifest(bench, repository, tag ?? digest, image.manifest);
  if (response.status !== 201) throw new Error(await response.text());
  return digest;
}
