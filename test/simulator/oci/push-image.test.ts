import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildFromDockerfile } from '../../../simulator/oci/build-from-dockerfile.ts';
import type { OciImage } from '../../../simulator/oci/image.ts';
import { pushImage } from '../../../simulator/oci/push-image.ts';
import { type EcrBench, openEcrBench } from '../ecr/ecr-bench.ts';

const directory = fileURLToPath(new URL('../../../simulator/workloads/shop', import.meta.url));
const platform = { os: 'linux', architecture: 'amd64' };

describe('pushImage', () => {
  let bench: EcrBench;
  let image: OciImage;

  beforeEach(async () => {
    bench = await openEcrBench();
    bench.model.ensureRepository('team/shop');
    image = await buildFromDockerfile({ directory, platform });
  });
  afterEach(() => bench.stop());

  const push = (tag: string, pushed = image) =>
    pushImage({ registry: bench.registry, repository: 'team/shop', tag, image: pushed });
  const digestsPushed = () =>
    bench.world.journal.of('ecr.image-pushed').map(({ digest, tag }) => [digest, tag]);

  it('puts the image, then its attestation, last the index under the tag (aws-facts 1.2)', async () => {
    await expect(push('v1')).resolves.toEqual({ digest: image.digest });

    expect(digestsPushed()).toEqual([
      [image.platformDigest, undefined],
      [image.attestation?.descriptor.digest, undefined],
      [image.digest, 'v1'],
    ]);
  });

  it('puts a plain manifest under the tag when there is no index', async () => {
    const plain = await buildFromDockerfile({ directory, platform, attestation: false });

    await push('v1', plain);

    expect(digestsPushed()).toEqual([[plain.digest, 'v1']]);
  });

  it('uploads no layer twice: versions share all but their config', async () => {
    await push('v1');
    const uploads: string[] = [];
    const begin = bench.model.uploads.begin.bind(bench.model.uploads);
    bench.model.uploads.begin = (repository) => {
      const upload = begin(repository);
      uploads.push(upload.id);
      return upload;
    };

    await push(
      'v2',
      await buildFromDockerfile({ directory, platform, buildArgs: { VERSION: 'v2' } }),
    );

    // The config, and the attestation's config and statement about it.
    expect(uploads).toHaveLength(3);
  });

  it('pulls back as an image that runs the server', async () => {
    await push('v1');

    const pulled = await bench.model.pull('127.0.0.1:1/team/shop:v1', platform);

    expect(pulled).toMatchObject({
      digest: image.digest,
      platformDigest: image.platformDigest,
      command: ['node', 'server.mjs'],
      workingDirectory: '/app',
      environment: { VERSION: 'v1', ERROR_EVERY: '0' },
    });
  });

  it('fails with one line when the repository is not there', async () => {
    await expect(
      pushImage({ registry: bench.registry, repository: 'team/none', tag: 'v1', image }),
    ).rejects.toThrow(
      /^Cannot push 127\.0\.0\.1:\d+\/team\/none:v1: could not start an upload: HTTP 404 NAME_UNKNOWN: The repository with name 'team\/none' does not exist in the registry with id '111122223333'$/,
    );
  });

  it('fails with one line when nobody listens', async () => {
    await expect(
      pushImage({ registry: 'http://127.0.0.1:9', repository: 'team/shop', tag: 'v1', image }),
    ).rejects.toThrow(
      /^Cannot push 127\.0\.0\.1:9\/team\/shop:v1: [^\n]*(ECONNREFUSED|bad port)[^\n]*$/,
    );
  });
});
