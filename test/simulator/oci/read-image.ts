import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import type { OciImage } from '../../../simulator/oci/image.ts';

interface Entry {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly platform?: { readonly os: string; readonly architecture: string };
  readonly annotations?: Record<string, string>;
}

interface Manifest {
  readonly mediaType: string;
  readonly config: Entry;
  readonly layers: readonly Entry[];
}

export interface TarFile {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly mtime: number;
  readonly text: string;
}

/**
 * Reads a built image with code that shares nothing with the builder: SHA-256 over the bytes, JSON, gunzip
 * and tar headers by their offsets (POSIX ustar). Throws when a digest, size or reference does not hold.
 */
export function readImage(image: OciImage) {
  const blobs = new Map<string, Uint8Array>();
  const contents = [...image.blobs, image.manifest, image.attestation, image.index];
  for (const content of contents) if (content) blobs.set(digestOf(content.bytes), content.bytes);

  const bytesOf = (entry: Entry): Uint8Array => {
    const bytes = blobs.get(entry.digest);
    if (!bytes) throw new Error(`${entry.digest} is referred to but missing`);
    if (bytes.length !== entry.size) throw new Error(`${entry.digest} has another size`);
    return bytes;
  };
  const json = (bytes: Uint8Array): unknown => JSON.parse(Buffer.from(bytes).toString());

  const top = json(
    bytesOf({ digest: image.digest, mediaType: '', size: blobs.get(image.digest)?.length ?? -1 }),
  );
  const index = image.index ? (top as { mediaType: string; manifests: Entry[] }) : undefined;
  const own = index?.manifests.find(({ platform }) => platform?.os !== 'unknown');
  const manifest = (own ? json(bytesOf(own)) : top) as Manifest;
  const config = json(bytesOf(manifest.config)) as {
    rootfs: { diff_ids: string[] };
    history: { empty_layer?: boolean }[];
  };
  const tars = manifest.layers.map((layer) => gunzipSync(bytesOf(layer)));
  const files = new Map<string, TarFile>();
  const directories = new Set<string>();
  for (const tar of tars) readTar(tar, files, directories);
  return { image, index, manifest, config, tars, files, directories, bytesOf, json };
}

export function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

function readTar(tar: Buffer, files: Map<string, TarFile>, directories: Set<string>): void {
  for (let at = 0; tar.readUInt8(at) !== 0; ) {
    const text = (from: number, length: number) =>
      tar.toString('utf8', at + from, at + from + length).replace(/\0.*$/s, '');
    const octal = (from: number, length: number) => Number.parseInt(text(from, length), 8);
    const [name, size, type] = [text(0, 100), octal(124, 12), text(156, 1)];
    if (type === '5') directories.add(name);
    else if (type === '0') {
      files.set(name, {
        mode: octal(100, 8),
        uid: octal(108, 8),
        gid: octal(116, 8),
        mtime: octal(136, 12),
        text: tar.toString('utf8', at + 512, at + 512 + size),
      });
    } else throw new Error(`entry ${name} of type ${type}`);
    at += 512 + Math.ceil(size / 512) * 512;
  }
}
