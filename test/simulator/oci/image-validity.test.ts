import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildFromDockerfile } from '../../../simulator/oci/build-from-dockerfile.ts';
import { digestOf, readImage } from './read-image.ts';

const directory = fileURLToPath(new URL('../../../simulator/workloads/shop', import.meta.url));

describe('the image of the sample workload, read by independent code', () => {
  let read: ReturnType<typeof readImage>;

  beforeAll(async () => {
    const platform = { os: 'linux', architecture: 'arm64' };
    read = readImage(
      await buildFromDockerfile({ directory, platform, buildArgs: { VERSION: 'v9' } }),
    );
  });

  it('is an OCI index of the image and its attestation', () => {
    expect(read.index).toMatchObject({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.index.v1+json',
      manifests: [
        {
          mediaType: 'application/vnd.oci.image.manifest.v1+json',
          digest: read.image.platformDigest,
          platform: { os: 'linux', architecture: 'arm64' },
        },
        {
          platform: { os: 'unknown', architecture: 'unknown' },
          annotations: {
            'vnd.docker.reference.type': 'attestation-manifest',
            'vnd.docker.reference.digest': read.image.platformDigest,
          },
        },
      ],
    });
  });

  it('has media types of the OCI image specification', () => {
    expect(read.manifest).toMatchObject({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      config: { mediaType: 'application/vnd.oci.image.config.v1+json' },
      annotations: { 'org.opencontainers.image.base.name': 'node:24-alpine' },
    });
    expect(new Set(read.manifest.layers.map(({ mediaType }) => mediaType))).toEqual(
      new Set(['application/vnd.oci.image.layer.v1.tar+gzip']),
    );
  });

  it('lists one diff id per layer, in order, and one history entry each', () => {
    expect(read.config.rootfs.diff_ids).toEqual(read.tars.map(digestOf));
    expect(read.config.history.filter(({ empty_layer }) => !empty_layer)).toHaveLength(
      read.tars.length,
    );
  });

  it('has an attestation whose in-toto statement is about the image', () => {
    const entry = read.index?.manifests[1];
    const manifest = read.json(read.bytesOf(entry as never)) as typeof read.manifest;
    const statement = read.json(read.bytesOf(manifest.layers[0] as never));

    expect(statement).toMatchObject({
      subject: [{ digest: { sha256: read.image.platformDigest.slice('sha256:'.length) } }],
    });
  });

  it('holds the server, without a time and without anybody of this machine', () => {
    expect([...read.files.keys()]).toEqual(['app/server.mjs']);
    expect(read.files.get('app/server.mjs')).toMatchObject({
      mode: 0o644,
      uid: 0,
      gid: 0,
      mtime: 0,
    });
    expect([...read.directories]).toEqual(['app/']);
  });

  it('has gzip layers whose header names no operating system and no time', () => {
    const layer = read.bytesOf(read.manifest.layers[0] as never);

    expect([...layer.subarray(0, 10)]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255]);
  });
});
