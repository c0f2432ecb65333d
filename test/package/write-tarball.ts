import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type Pack, pack } from 'tar-stream';
import type { InstalledPackage } from './installed-packages.ts';

/** Writes a package as `npm pack` would: its files below `package/`, and of other packages those that it bundles. */
export async function writeTarball(installed: InstalledPackage, sink: Writable): Promise<void> {
  const tarball = pack();
  await Promise.all([
    pipeline(tarball, createGzip({ level: 1 }), sink),
    addFiles(tarball, installed).then(() => tarball.finalize()),
  ]);
}

async function addFiles(
  tarball: Pack,
  { directory, bundled }: Pick<InstalledPackage, 'directory' | 'bundled'>,
): Promise<void> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((one) => one.isFile())) {
    const file = join(entry.parentPath, entry.name);
    const path = relative(directory, file).replaceAll('\\', '/');
    const own = !path.startsWith('node_modules/');
    if (!own && !bundled.some((below) => path.startsWith(`${below}/`))) continue;
    await add(tarball, `package/${path}`, (await stat(file)).mode, await readFile(file));
  }
}

function add(tarball: Pack, name: string, mode: number, content: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    tarball.entry({ name, mode: mode & 0o777 }, content, (error) =>
      error ? reject(error) : resolve(),
    );
  });
}
