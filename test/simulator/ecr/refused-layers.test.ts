import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256Digest } from '../../../simulator/oci/digest.ts';
import { mediaTypes } from '../../../simulator/oci/media-types.ts';
import { type EcrBench, openEcrBench } from './ecr-bench.ts';
import { type Entry, host, pulls, tar } from './pull-fixture.ts';

describe('pulling an image', () => {
  let bench: EcrBench;

  beforeEach(async () => {
    bench = await openEcrBench({ maxUnpackedBytes: 1_000_000, maxUnpackedEntries: 50 });
    bench.model.ensureRepository('team/shop');
  });
  afterEach(() => bench.stop());

  const { pull, pushLayer, unpack } = pulls(() => bench);

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
});
