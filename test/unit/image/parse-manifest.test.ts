import { describe, expect, it } from 'vitest';
import { UnsupportedError } from '../../../functions/core/errors.ts';
import { parseImageConfig, parseManifest } from '../../../functions/core/image/parse-manifest.ts';
import { digestOf } from '../../support/builders/releases.ts';

const amd64 = { os: 'linux', architecture: 'amd64' };

describe('parseManifest', () => {
  it('reads an image manifest', () => {
    const text = JSON.stringify({
      schemaVersion: 2,
      config: {
        mediaType: 'application/vnd.oci.image.config.v1+json',
        digest: digestOf('c'),
        size: 9,
      },
      layers: [],
    });
    expect(parseManifest(text, digestOf('1'))).toEqual({
      kind: 'image',
      configDigest: digestOf('c'),
    });
  });

  it('reads an index without its attestations, and children whose platform it does not say', () => {
    const text = JSON.stringify({
      schemaVersion: 2,
      manifests: [
        { digest: digestOf('1'), platform: { ...amd64, variant: 'v2' } },
        { digest: digestOf('2'), platform: { os: 'unknown', architecture: 'unknown' } },
        { digest: digestOf('3') },
      ],
    });
    expect(parseManifest(text, digestOf('9'))).toEqual({
      kind: 'index',
      children: [
        { digest: digestOf('1'), platform: amd64 },
        { digest: digestOf('3'), platform: undefined },
      ],
    });
  });

  it.each(['', 'null', '[]', '{"schemaVersion":1,"fsLayers":[]}', '{"config":{}}'])(
    'refuses %j',
    (text) => {
      expect(() => parseManifest(text, digestOf('1'))).toThrow(
        new UnsupportedError(
          `Manifest ${digestOf('1')} is neither an index nor an image manifest of OCI or Docker schema 2`,
        ),
      );
    },
  );
});

describe('parseImageConfig', () => {
  it('reads the platform', () => {
    expect(parseImageConfig(JSON.stringify({ ...amd64, config: {} }), digestOf('c'))).toEqual(
      amd64,
    );
  });

  it.each(['', '{}', '{"os":"linux"}'])('refuses %j', (text) => {
    expect(() => parseImageConfig(text, digestOf('c'))).toThrow(UnsupportedError);
  });
});
