import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync, rmSync } from 'node:fs';
import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { isSha256Digest } from '../oci/digest.ts';

/** Layers and configs on disk, one file per digest, shared by all repositories. */
export class BlobStore {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Throws for anything but a digest, so that no client can name a path. */
  path(digest: string): string {
    if (!isSha256Digest(digest)) throw new Error(`"${digest}" is not a sha256 digest`);
    return join(this.#directory, digest.slice('sha256:'.length));
  }

  /** Moves a complete file into the store; the caller has checked its digest. */
  async adopt(file: string, digest: string): Promise<void> {
    mkdirSync(this.#directory, { recursive: true });
    await rename(file, this.path(digest));
  }

  read(digest: string): Promise<Buffer> {
    return readFile(this.path(digest));
  }

  delete(digest: string): void {
    rmSync(this.path(digest), { force: true });
  }
}

/** Digest of a file's content. */
export async function digestOfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return `sha256:${hash.digest('hex')}`;
}
