import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EcrBench, openEcrBench } from './ecr-bench.ts';
import { amd64, host, pulls } from './pull-fixture.ts';
import { pushTestImage, putManifest, testImage, testIndex } from './pushed-image.ts';

describe('pulling an image', () => {
  let bench: EcrBench;

  beforeEach(async () => {
    bench = await openEcrBench({ maxUnpackedBytes: 1_000_000, maxUnpackedEntries: 50 });
    bench.model.ensureRepository('team/shop');
  });
  afterEach(() => bench.stop());

  const { pull } = pulls(() => bench);

  it('says how to run it, with the digest of what the tag names and of the platform', async () => {
    const image = testImage('a', {
      config: {
        Env: ['A=1', 'B=x=y'],
        Entrypoint: ['node'],
        Cmd: ['s.mjs'],
        WorkingDir: '/app',
        Volumes: { '/data': {} },
      },
    });
    await pushTestImage(bench, 'team/shop', image);
    const other = testImage('b', { architecture: 'arm64' });
    await pushTestImage(bench, 'team/shop', other);
    const attestation = testImage('attestation', { architecture: 'unknown' });
    await pushTestImage(bench, 'team/shop', attestation);
    const index = testIndex([
      { image: attestation, platform: 'unknown/unknown' },
      { image: other, platform: 'linux/arm64' },
      { image },
    ]);
    await putManifest(bench, 'team/shop', 'v1', index);

    expect(await pull(`${host}/team/shop:v1`)).toEqual({
      digest: index.descriptor.digest,
      platformDigest: image.manifest.descriptor.digest,
      platform: amd64,
      rootDirectory: expect.any(String),
      entrypoint: ['node'],
      command: ['s.mjs'],
      environment: { A: '1', B: 'x=y' },
      workingDirectory: '/app',
      volumes: ['/data'],
    });
  });

  it.each([
    ['by tag', `${host}/team/shop:v1`],
    ['by digest', `${host}/team/shop@DIGEST`],
    ['by both, where the digest decides', `${host}/team/shop:gone@DIGEST`],
    ['at the loopback address', '127.0.0.1:4566/team/shop:v1'],
    ['at localhost', 'localhost:4566/team/shop:v1'],
    ['as latest, without a tag', `${host}/team/shop`],
  ])('finds an image %s', async (_how, reference) => {
    const image = testImage('a');
    const digest = await pushTestImage(bench, 'team/shop', image, 'v1');
    await putManifest(bench, 'team/shop', 'latest', image.manifest);

    expect((await pull(reference.replace('DIGEST', digest))).digest).toBe(digest);
  });

  it.each([
    [
      `${host}/team/shop:v9`,
      `failed to resolve ref ${host}/team/shop:v9: ${host}/team/shop:v9: not found`,
    ],
    [`${host}/team/none:v1`, `${host}/team/none:v1: not found`],
    [`${host}/team/shop@sha256:${'0'.repeat(64)}`, 'not found'],
    ['nginx:latest', `this simulator has only the registry ${host}`],
    ['docker.io/library/nginx', 'this simulator has only the registry'],
    [`${host}/team/shop:v1:v2`, 'this simulator has only the registry'],
  ])('cannot pull %s, with the text of a stopped task (aws-facts 2.8)', async (reference, text) => {
    await expect(pull(reference)).rejects.toThrow(
      /^CannotPullContainerError: pull image manifest has been retried 1 time\(s\): /,
    );
    await expect(pull(reference)).rejects.toThrow(text);
  });

  it('cannot pull an index without the platform (aws-facts 2.8)', async () => {
    const other = testImage('b', { architecture: 'arm64' });
    await pushTestImage(bench, 'team/shop', other);
    await putManifest(
      bench,
      'team/shop',
      'v1',
      testIndex([{ image: other, platform: 'linux/arm64' }]),
    );

    await expect(pull(`${host}/team/shop:v1`)).rejects.toThrow(
      "CannotPullContainerError: pull image manifest has been retried 1 time(s): image Manifest does not contain descriptor matching platform 'linux/amd64'",
    );
  });

  it('pulls a single manifest of another architecture and says which (aws-facts 2.8)', async () => {
    await pushTestImage(bench, 'team/shop', testImage('b', { architecture: 'arm64' }), 'v1');

    expect((await pull(`${host}/team/shop:v1`)).platform).toEqual({
      os: 'linux',
      architecture: 'arm64',
    });
  });

  it('unpacks once for all who ask, also at the same time', async () => {
    await pushTestImage(bench, 'team/shop', testImage('a'), 'v1');

    const [first, second] = await Promise.all([
      pull(`${host}/team/shop:v1`),
      pull(`${host}/team/shop:v1`),
    ]);
    const third = await pull(`${host}/team/shop:v1`);

    expect(new Set([first, second, third].map(({ rootDirectory }) => rootDirectory)).size).toBe(1);
  });

  it('keeps time from jumping while it unpacks', async () => {
    await pushTestImage(bench, 'team/shop', testImage('a'), 'v1');
    let late = false;
    bench.world.clock.schedule(3_600_000, () => {
      late = true;
    });

    const pulled = pull(`${host}/team/shop:v1`);
    expect(bench.world.clock.heldBy()).toEqual([`pull ${host}/team/shop:v1`]);
    await pulled.then(() => expect(late).toBe(false));
  });
});
