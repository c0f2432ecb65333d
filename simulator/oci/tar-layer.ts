import { gzipSync } from 'node:zlib';
import { type Header, pack } from 'tar-stream';
import { type Content, contentOf } from './descriptor.ts';
import { sha256Digest } from './digest.ts';
import { mediaTypes } from './media-types.ts';

export interface LayerFile {
  /** Inside the image, relative to its root, with `/`: `app/server.mjs`. */
  readonly path: string;
  readonly content: Uint8Array;
  /** Permission bits; default 0o644. */
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
}

export interface LayerDirectory {
  readonly path: string;
  /** Permission bits; default 0o755. */
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
}

export interface LayerContents {
  readonly files: readonly LayerFile[];
  readonly directories: readonly LayerDirectory[];
}

export interface Layer extends Content {
  /** Digest of the uncompressed tar, for the config's `rootfs.diff_ids`. */
  readonly diffId: string;
}

/** A gzip layer whose bytes depend only on what is in it: sorted, no times, no names of users. */
export async function tarLayer(contents: LayerContents): Promise<Layer> {
  const tar = await packTar(contents);
  const gzipped = gzipSync(tar, { level: 9 });
  // Byte 9 of the header names the operating system that compressed; 255 is "unknown" (RFC 1952).
  gzipped[9] = 255;
  return { ...contentOf(mediaTypes.ociLayerTarGzip, gzipped), diffId: sha256Digest(tar) };
}

async function packTar({ files, directories }: LayerContents): Promise<Buffer> {
  const entries = [
    ...withParents(files, directories).map((directory) => ({ ...directory, content: undefined })),
    ...files,
  ].sort((a, b) => (a.path < b.path ? -1 : 1));
  const stream = pack();
  for (const entry of entries) {
    const header: Partial<Header> & { name: string } = {
      name: entry.content ? entry.path : `${entry.path}/`,
      type: entry.content ? 'file' : 'directory',
      mode: entry.mode ?? (entry.content ? 0o644 : 0o755),
      uid: entry.uid ?? 0,
      gid: entry.gid ?? 0,
      mtime: new Date(0),
    };
    stream.entry(header, Buffer.from(entry.content ?? []));
  }
  stream.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}

/** Every directory on the way to an entry, each once; those given explicitly keep their mode. */
function withParents(
  files: readonly LayerFile[],
  directories: readonly LayerDirectory[],
): LayerDirectory[] {
  const byPath = new Map<string, LayerDirectory>(directories.map((entry) => [entry.path, entry]));
  for (const { path } of [...files, ...directories]) {
    const parts = path.split('/').slice(0, -1);
    for (let length = 1; length <= parts.length; length++) {
      const parent = parts.slice(0, length).join('/');
      if (!byPath.has(parent)) byPath.set(parent, { path: parent });
    }
  }
  return [...byPath.values()];
}
