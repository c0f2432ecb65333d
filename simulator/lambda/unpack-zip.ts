import { createWriteStream } from 'node:fs';
import { chmod, mkdir, readlink, realpath, rm, symlink } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { AwsError } from '../core/aws-error.ts';

/** 250 MB, layers included (Lambda guide, "Lambda quotas"). */
export const unzippedLimitBytes = 262_144_000;
/** More than any package of 250 MB has; entries cost memory although they are empty. */
const entryLimit = 100_000;
/** A target longer than a path is none. */
const linkTargetLimitBytes = 4096;
const fileTypeMask = 0o170000;
const symbolicLink = 0o120000;

export interface UnpackLimits {
  readonly limitBytes: number;
  readonly entryLimit: number;
}

interface Link {
  readonly path: string;
  readonly target: string;
}

/**
 * Unpacks a deployment package or a layer into a folder that is not there yet, and returns the unpacked
 * bytes. Throws InvalidParameterValueException in Lambda's words for an archive that is broken, larger than
 * `limitBytes`, or that reaches out of its folder by names or links; nothing of it is left then.
 */
export async function unpackZip(
  bytes: Uint8Array,
  directory: string,
  limits: Partial<UnpackLimits> = {},
): Promise<number> {
  await mkdir(directory, { recursive: true });
  try {
    return await unpackInto(await open(bytes), directory, {
      limitBytes: unzippedLimitBytes,
      entryLimit,
      ...limits,
    });
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    throw error instanceof AwsError ? error : unreadable();
  }
}

function open(bytes: Uint8Array): Promise<ZipFile> {
  return yauzl.fromBufferPromise(Buffer.from(bytes), {
    lazyEntries: true,
    validateEntrySizes: true,
  });
}

async function unpackInto(
  zip: ZipFile,
  directory: string,
  { limitBytes, entryLimit: mostEntries }: UnpackLimits,
): Promise<number> {
  let unpackedBytes = 0;
  let entries = 0;
  const links: Link[] = [];
  for await (const entry of zip.eachEntry()) {
    if (++entries > mostEntries) throw unreadable();
    // What the entry claims is what yauzl lets through: it fails on the first byte more.
    unpackedBytes += entry.uncompressedSize;
    if (unpackedBytes > limitBytes) throw tooLarge(limitBytes);
    const path = join(directory, entry.fileName);
    if (entry.fileName.endsWith('/')) await mkdir(path, { recursive: true });
    else if (isLink(entry)) links.push({ path, target: await readTarget(zip, entry) });
    else await writeEntry(zip, entry, path);
  }
  if (entries === 0) {
    throw new AwsError('InvalidParameterValueException', 'Uploaded file must be a non-empty zip', {
      members: { Type: 'User' },
    });
  }
  await makeLinks(links, directory);
  return unpackedBytes;
}

async function writeEntry(zip: ZipFile, entry: Entry, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(path));
  const executable = (modeOf(entry) & 0o111) !== 0;
  await chmod(path, executable ? 0o755 : 0o644);
}

async function readTarget(zip: ZipFile, entry: Entry): Promise<string> {
  if (entry.uncompressedSize > linkTargetLimitBytes) throw unreadable();
  const stream: Readable = await zip.openReadStreamPromise(entry);
  return (await buffer(stream)).toString('utf8');
}

/** Links come last, thus no entry is written through one; where they lead is asked of the file system. */
async function makeLinks(links: readonly Link[], directory: string): Promise<void> {
  for (const { path, target } of links) {
    await mkdir(dirname(path), { recursive: true });
    if ((await realpath(dirname(path))) !== (await realpath(directory)) + rest(path, directory)) {
      throw unreadable();
    }
    await symlink(target, path);
  }
  const root = (await realpath(directory)) + sep;
  for (const { path } of links) {
    if ((await readlink(path)).startsWith(sep)) throw unreadable();
    if (!`${await realpath(path)}${sep}`.startsWith(root)) throw unreadable();
  }
}

/** The part of the path between the root and the link's own folder, as it would be without links. */
function rest(path: string, directory: string): string {
  return dirname(path).slice(directory.length);
}

function isLink(entry: Entry): boolean {
  return (modeOf(entry) & fileTypeMask) === symbolicLink;
}

function modeOf(entry: Entry): number {
  return entry.externalFileAttributes >>> 16;
}

function unreadable(): AwsError {
  return new AwsError(
    'InvalidParameterValueException',
    'Could not unzip uploaded file. Please check your file, then try to upload again.',
    { members: { Type: 'User' } },
  );
}

/** In the words of public issue threads (serverless/serverless #6792). */
function tooLarge(limitBytes: number): AwsError {
  return new AwsError(
    'InvalidParameterValueException',
    `Unzipped size must be smaller than ${limitBytes} bytes`,
    { members: { Type: 'User' } },
  );
}
