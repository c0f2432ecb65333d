import { lstat, readdir, readFile, readlink, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Header, pack } from 'tar-stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256Digest } from '../../../simulator/oci/digest.ts';
import { mediaTypes } from '../../../simulator/oci/media-types.ts';
import { type EcrBench, openEcrBench } from './ecr-bench.ts';
import { layerOf, pushTestImage, putManifest, testImage, testIndex } from './pushed-image.ts';

const amd64 = { os: 'linux', architecture: 'amd64' };
const host = '111122223333.dkr.ecr.eu-west-1.amazonaws.com';

type Entry = Partial<Header> & { name: string; text?: string };

async function tar(entries: readonly Entry[]): Promise<Buffer> {
  const stream = pack();
  for (const { text, ...header } of entries) stream.entry(header, text ?? '');
  stream.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}

describe('pulling an image', () => {
  let bench: EcrBench;

  beforeEach(async () => {
    bench = await openEcrBench({ maxUnpackedBytes: 1_000_000, maxUnpackedEntries: 50 });
    bench.model.ensureRepository('team/shop');
  });
  afterEach(() => bench.stop());

  const pull = (reference: string) => bench.model.pull(reference, amd64);
  /** Pushes one image whose layers are given as tar entries, and unpacks it. */
  const unpack = async (...layers: (readonly Entry[])[]) => {
    const tars = await Promise.all(layers.map(tar));
    const image = testImage('a', { layers: tars.map((bytes) => layerOf(bytes)) });
    await pushTestImage(bench, 'team/shop', image, 'v1');
    return (await pull(`${host}/team/shop:v1`)).rootDirectory;
  };
  const read = (root: string, path: string) => readFile(join(root, path), 'utf8');

  it('says how to run it, with the digest of what the tag names and of the platform', async () => {
    const image = testImage('a', {
      config: { Env: ['A=1', 'B=x=y'], Entrypoint: ['node'], Cmd: ['s.mjs'], WorkingDir: '/app' },
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

  it('lays layers over each other: later files win, whiteouts hide what is below', async () => {
    const root = await unpack(
      [
        { name: 'etc/', type: 'directory' },
        { name: 'etc/a', text: 'one' },
        { name: 'etc/b', text: 'one' },
        { name: 'lib/x', text: 'below' },
        { name: 'lib/deep/y', text: 'below' },
        { name: 'gone/z', text: 'below' },
      ],
      [
        { name: 'etc/a', text: 'two' },
        { name: 'etc/.wh.b' },
        { name: 'lib/new', text: 'above' },
        { name: 'lib/.wh..wh..opq' },
        { name: './.wh.gone' },
      ],
    );

    expect(await read(root, 'etc/a')).toBe('two');
    expect(await readdir(join(root, 'etc'))).toEqual(['a']);
    expect(await readdir(join(root, 'lib'))).toEqual(['new']);
    expect((await readdir(root)).sort()).toEqual(['etc', 'lib']);
  });

  it('does not hide what the whiteout layer itself adds', async () => {
    const root = await unpack(
      [{ name: 'app/old', text: 'x' }],
      [{ name: 'app/new', text: 'y' }, { name: '.wh.app' }],
    );

    expect(await readdir(join(root, 'app'))).toEqual(['new']);
  });

  it('takes absolute links as links inside the image, and writes through them', async () => {
    const root = await unpack(
      [
        { name: 'usr/bin/busybox', text: 'tool', mode: 0o755 },
        { name: 'bin', type: 'symlink', linkname: '/usr/bin' },
        { name: 'usr/local/sh', type: 'symlink', linkname: '/usr/bin/busybox' },
        { name: 'usr/hard', type: 'link', linkname: 'usr/bin/busybox' },
      ],
      [{ name: 'bin/extra', text: 'new' }],
    );

    expect(await readlink(join(root, 'usr/local/sh'))).toBe('../../usr/bin/busybox');
    expect(await read(root, 'usr/local/sh')).toBe('tool');
    expect(await read(root, 'usr/bin/extra')).toBe('new');
    expect(await read(root, 'usr/hard')).toBe('tool');
    expect((await lstat(join(root, 'bin'))).isSymbolicLink()).toBe(true);
  });

  it('makes files read only and keeps programs executable', async () => {
    const root = await unpack([
      { name: 'data', text: 'x', mode: 0o666 },
      { name: 'tool', text: 'x', mode: 0o4755 },
    ]);

    expect((await stat(join(root, 'data'))).mode & 0o7777).toBe(0o444);
    expect((await stat(join(root, 'tool'))).mode & 0o7777).toBe(0o555);
  });

  it('leaves out devices and pipes, and takes absolute names from the root of the image', async () => {
    const root = await unpack([
      { name: 'dev/mem', type: 'character-device', devmajor: 1, devminor: 1 },
      { name: 'dev/sda', type: 'block-device', devmajor: 8, devminor: 0 },
      { name: 'dev/pipe', type: 'fifo' },
      { name: '/etc/passwd', text: 'mine' },
    ]);

    expect(await readdir(root)).toEqual(['etc']);
    expect(await read(root, 'etc/passwd')).toBe('mine');
  });

  it.each<[string, readonly Entry[], RegExp]>([
    ['an entry above the root', [{ name: '../evil', text: 'x' }], /"\.\.\/evil" leads out/],
    ['an entry that climbs', [{ name: 'a/../../evil', text: 'x' }], /leads out of the image/],
    ['a whiteout above the root', [{ name: 'a/../../.wh.x' }], /leads out of the image/],
    ['a folder above the root', [{ name: '../evil/', type: 'directory' }], /leads out/],
    [
      'a link above the root',
      [{ name: 'a', type: 'symlink', linkname: '../../etc' }],
      /link to "\.\.\/\.\.\/etc" leads out/,
    ],
    [
      'a file through a link above the root',
      [
        { name: 'a', type: 'symlink', linkname: '..' },
        { name: 'a/evil', text: 'x' },
      ],
      /leads out/,
    ],
    [
      'links that together lead above the root',
      [
        { name: 'd/e/f', type: 'symlink', linkname: '/' },
        { name: 'd/e/g', type: 'symlink', linkname: 'f/../../x' },
      ],
      /leads out/,
    ],
    [
      'a hard link to the outside',
      [{ name: 'a', type: 'link', linkname: '../../etc/passwd' }],
      /leads out/,
    ],
    ['a hard link to nothing', [{ name: 'a', type: 'link', linkname: 'b' }], /which is no file/],
    ['very deep folders', [{ name: 'a/'.repeat(600), type: 'directory' }], /nests too many/],
    [
      'too many files',
      Array.from({ length: 60 }, (_, n) => ({ name: `f${n}`, text: '' })),
      /too many files/,
    ],
  ])('refuses %s, and leaves nothing behind', async (_what, entries, message) => {
    await expect(unpack(entries)).rejects.toThrow(message);
    await expect(pull(`${host}/team/shop:v1`)).rejects.toThrow(
      /^CannotPullContainerError: ref pull/,
    );
    expect(await readdir(join(bench.world.directory, 'ecr', 'images'))).toEqual([]);
  });

  const pushLayer = async (bytes: Buffer, mediaType: string, diffIds?: string[]) => {
    const layers = [layerOf(bytes, mediaType)];
    await pushTestImage(
      bench,
      'team/shop',
      testImage('a', { layers, ...(diffIds && { diffIds }) }),
      'v1',
    );
  };

  it.each([
    [
      'a gzip bomb',
      gzipSync(Buffer.alloc(2_000_000)),
      mediaTypes.ociLayerTarGzip,
      /too many bytes/,
    ],
    ['broken gzip', Buffer.from('not gzip'), mediaTypes.ociLayerTarGzip, /incorrect header check/],
    ['broken tar', Buffer.alloc(600, 7), mediaTypes.ociLayerTar, /header/i],
    [
      'zstd',
      Buffer.from('x'),
      'application/vnd.oci.image.layer.v1.tar+zstd',
      /tar\+zstd are not supported/,
    ],
  ])('refuses %s', async (_what, bytes, mediaType, message) => {
    await pushLayer(bytes, mediaType);

    await expect(pull(`${host}/team/shop:v1`)).rejects.toThrow(message);
  });

  it('refuses a layer that is not what the config promises', async () => {
    const bytes = await tar([{ name: 'a', text: 'x' }]);
    await pushLayer(bytes, mediaTypes.ociLayerTar, [`sha256:${'0'.repeat(64)}`]);

    await expect(pull(`${host}/team/shop:v1`)).rejects.toThrow(
      `wrong diff id: layer 1 is ${sha256Digest(bytes)}`,
    );
  });

  it('keeps no huge header in memory, but takes a file of that size', async () => {
    await bench.stop();
    bench = await openEcrBench();
    bench.model.ensureRepository('team/shop');
    const large = 'x'.repeat(9 * 2 ** 20);

    const root = await unpack([{ name: 'large', text: large }]);
    expect((await stat(join(root, 'large'))).size).toBe(large.length);
    await expect(unpack([{ name: 'a', pax: { comment: large } }])).rejects.toThrow(
      'Header exceeds max size',
    );
  });

  it('removes every trace when it stops', async () => {
    await unpack([{ name: 'a', text: 'x' }]);

    await bench.model.stop();

    expect(await readdir(bench.world.directory)).toEqual([]);
  });
});
