import { describe, expect, it } from 'vitest';
import { InvalidManifestError, parseManifest } from '../../../simulator/oci/parse-manifest.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const ociManifest = 'application/vnd.oci.image.manifest.v1+json';
const ociIndex = 'application/vnd.oci.image.index.v1+json';
const dockerManifest = 'application/vnd.docker.distribution.manifest.v2+json';
const descriptor = { mediaType: 'application/octet-stream', digest, size: 2 };
const image = { schemaVersion: 2, config: descriptor, layers: [descriptor] };
const index = { schemaVersion: 2, manifests: [descriptor] };

const typedImage = { ...image, mediaType: ociManifest };

const parse = (value: unknown, declared?: string) =>
  parseManifest(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)), declared);

describe('parseManifest', () => {
  it.each([
    [{ ...image, mediaType: ociManifest }, undefined, 'image', ociManifest],
    [image, ociManifest, 'image', ociManifest],
    [image, dockerManifest, 'image', dockerManifest],
    [{ ...index, mediaType: ociIndex }, ociIndex, 'index', ociIndex],
    [index, ociIndex, 'index', ociIndex],
  ])('reads %# as it says', (value, declared, kind, mediaType) => {
    expect(parse(value, declared)).toMatchObject({ kind, mediaType });
  });

  it.each([
    ['{', 'not JSON'],
    ['[]', 'not a JSON object'],
    ['\uFFFE', 'not JSON'],
    [image, 'says no media type'],
    [{ ...image, mediaType: ociManifest, manifests: [] }, 'members of both an image and an index'],
    [{ ...image, mediaType: 'text/plain' }, "'text/plain' is not supported"],
    [{ ...typedImage, schemaVersion: 1 }, "invalid at 'schemaVersion'"],
    [
      { ...typedImage, config: { ...descriptor, digest: 'sha256:../../etc' } },
      "invalid at 'config.digest'",
    ],
    [{ ...typedImage, layers: [{ ...descriptor, size: -1 }] }, "invalid at 'layers.0.size'"],
    [{ ...index, mediaType: ociIndex, manifests: 'x' }, "invalid at 'manifests'"],
  ])('refuses %j', (value, message) => {
    expect(() => parse(value)).toThrow(InvalidManifestError);
    expect(() => parse(value)).toThrow(message);
  });

  it('refuses a manifest that was sent as something else', () => {
    expect(() => parse({ ...image, mediaType: ociManifest }, ociIndex)).toThrow('was sent as');
  });
});
