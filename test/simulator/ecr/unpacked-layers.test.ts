import { lstat, readdir, readlink, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EcrBench, openEcrBench } from './ecr-bench.ts';
import { pulls, read } from './pull-fixture.ts';

describe('pulling an image', () => {
  let bench: EcrBench;

  beforeEach(async () => {
    bench = await openEcrBench({ maxUnpackedBytes: 1_000_000, maxUnpackedEntries: 50 });
    bench.model.ensureRepository('team/shop');
  });
  afterEach(() => bench.stop());

  const { unpack } = pulls(() => bench);

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

  it('removes every trace when it stops', async () => {
    await unpack([{ name: 'a', text: 'x' }]);

    await bench.model.stop();

    expect(await readdir(bench.world.directory)).toEqual([]);
  });
});
