import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { unpackZip } from '../../../simulator/lambda/unpack-zip.ts';
import { type ZipEntry, zipOf } from './zip-fixture.ts';

let parent: string;
let directory: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'unpack-zip-'));
  directory = join(parent, 'code');
});
afterEach(() => rm(parent, { recursive: true, force: true }));

const link = 0o120777;
const code = { name: 'index.js', content: 'exports.handler = () => 1;' };
const unreadable =
  'Could not unzip uploaded file. Please check your file, then try to upload again.';

it('files keep folder, content and the right to be run', async () => {
  const bytes = await unpackZip(
    zipOf([
      code,
      { name: 'bin/', content: '', mode: 0o040755 },
      { name: 'bin/run', content: '#!/bin/sh', mode: 0o100755 },
      { name: 'lib\\windows.js', content: 'w' },
      { name: 'lib/link.js', content: 'windows.js', mode: link },
    ]),
    directory,
  );
  expect(bytes).toBe(code.content.length + '#!/bin/sh'.length + 'w'.length + 'windows.js'.length);
  expect(await readFile(join(directory, 'index.js'), 'utf8')).toBe(code.content);
  expect(await readFile(join(directory, 'lib/link.js'), 'utf8')).toBe('w');
  expect((await stat(join(directory, 'bin/run'))).mode & 0o777).toBe(0o755);
  expect((await stat(join(directory, 'index.js'))).mode & 0o777).toBe(0o644);
});

it.each<[string, ZipEntry[]]>([
  ['climbs out', [{ name: '../escaped', content: 'x' }]],
  ['climbs out on the way', [{ name: 'a/../../escaped', content: 'x' }]],
  ['is absolute', [{ name: '/tmp/greengate-escaped', content: 'x' }]],
  ['is absolute on Windows', [{ name: 'C:\\escaped', content: 'x' }]],
  ['links out of the folder', [{ name: 'out', content: '../escaped', mode: link }]],
  ['links to an absolute path', [{ name: 'out', content: '/etc', mode: link }]],
  ['links into nothing', [{ name: 'out', content: 'none', mode: link }]],
  ['links to itself', [{ name: 'out', content: 'out', mode: link }]],
  [
    'writes through a link',
    [
      { name: 'out', content: '..', mode: link },
      { name: 'out/escaped', content: 'x' },
    ],
  ],
  [
    'climbs out over two links',
    [
      { name: 'a/b/c/', content: '', mode: 0o040755 },
      { name: 'a/b/c/root', content: '../../..', mode: link },
      { name: 'up', content: 'a/b/c/root/../escaped', mode: link },
    ],
  ],
  [
    'puts a link where a link leads',
    [
      { name: 'a/b/', content: '', mode: 0o040755 },
      { name: 'root', content: 'a/b', mode: link },
      { name: 'root/out', content: '../../..', mode: link },
    ],
  ],
])('an archive that %s is refused, and nothing of it stays', async (_, entries) => {
  await expect(unpackZip(zipOf([code, ...entries]), directory)).rejects.toMatchObject({
    code: 'InvalidParameterValueException',
    message: unreadable,
  });
  expect(await readdir(parent)).toEqual([]);
  expect(existsSync('/tmp/greengate-escaped')).toBe(false);
});

it('an archive that says it is too large is refused before it is unpacked', async () => {
  const bomb = zipOf([{ name: 'zeros', content: 'x', claimedBytes: 262_144_001 }]);
  await expect(unpackZip(bomb, directory)).rejects.toMatchObject({
    code: 'InvalidParameterValueException',
    message: 'Unzipped size must be smaller than 262144000 bytes',
  });
  expect(await readdir(parent)).toEqual([]);
});

it('many small files count together', async () => {
  const files = Array.from({ length: 5 }, (_, n) => ({ name: `f${n}`, content: 'x'.repeat(300) }));
  await expect(unpackZip(zipOf(files), directory, { limitBytes: 1_499 })).rejects.toMatchObject({
    message: 'Unzipped size must be smaller than 1499 bytes',
  });
  expect(await unpackZip(zipOf(files), directory, { limitBytes: 1_500 })).toBe(1_500);
});

it('a bomb that hides its size ends at the size that it claims', async () => {
  const bomb = zipOf([{ name: 'zeros', content: Buffer.alloc(50_000_000), claimedBytes: 100 }]);
  expect(bomb.length).toBeLessThan(60_000);
  await expect(unpackZip(bomb, directory)).rejects.toMatchObject({ message: unreadable });
  expect(await readdir(parent)).toEqual([]);
});

it.each([
  ['text', Buffer.from('exports.handler = 1'), unreadable],
  ['half of it', zipOf([code]).subarray(0, 60), unreadable],
  ['nothing in it', zipOf([]), 'Uploaded file must be a non-empty zip'],
])('an archive with %s is refused', async (_, bytes, message) => {
  await expect(unpackZip(bytes, directory)).rejects.toMatchObject({ message });
});

it('an archive of too many entries is refused', async () => {
  const many = zipOf(Array.from({ length: 11 }, (_, n) => ({ name: `f${n}`, content: '' })));
  await expect(unpackZip(many, directory, { entryLimit: 10 })).rejects.toMatchObject({
    message: unreadable,
  });
  expect(await unpackZip(many, directory, { entryLimit: 11 })).toBe(0);
});
