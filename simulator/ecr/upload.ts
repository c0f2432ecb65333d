import type { FileHandle } from 'node:fs/promises';
import { open, rm, truncate } from 'node:fs/promises';
import { digestOfFile } from './blob-store.ts';

/** The upload would become larger than this registry takes. */
export class UploadTooLargeError extends Error {
  override readonly name = 'UploadTooLargeError';
}

/** Two requests write to one upload at the same time. */
export class UploadBusyError extends Error {
  override readonly name = 'UploadBusyError';
}

/** One layer on its way in: a file that grows part by part. */
export class Upload {
  readonly id: string;
  readonly repositoryName: string;
  readonly path: string;
  readonly #maxBytes: number;
  #size = 0;
  #lastPartBytes = 0;
  #busy = false;

  constructor(options: {
    readonly id: string;
    readonly repositoryName: string;
    readonly path: string;
    readonly maxBytes: number;
  }) {
    this.id = options.id;
    this.repositoryName = options.repositoryName;
    this.path = options.path;
    this.#maxBytes = options.maxBytes;
  }

  /** Bytes received so far. */
  get size(): number {
    return this.#size;
  }

  /** Bytes of the part received last; 0 before the first. */
  get lastPartBytes(): number {
    return this.#lastPartBytes;
  }

  /**
   * Adds one part. A part that breaks off or is too large leaves the upload as it was before, so that the
   * client can send it again. Returns the bytes added.
   */
  async append(part: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<number> {
    if (this.#busy)
      throw new UploadBusyError(`Upload ${this.id} is being written by another request`);
    this.#busy = true;
    let received = 0;
    let file: FileHandle | undefined;
    try {
      file = await open(this.path, 'a');
      for await (const chunk of part) {
        received += chunk.length;
        if (this.#size + received > this.#maxBytes) {
          throw new UploadTooLargeError(
            `Upload ${this.id} exceeds the ${this.#maxBytes} bytes that this registry takes per layer`,
          );
        }
        await file.appendFile(chunk);
      }
      this.#size += received;
      this.#lastPartBytes = received;
      return received;
    } catch (error) {
      await truncate(this.path, this.#size).catch(() => {});
      throw error;
    } finally {
      await file?.close();
      this.#busy = false;
    }
  }

  digest(): Promise<string> {
    return digestOfFile(this.path);
  }

  async discard(): Promise<void> {
    await rm(this.path, { force: true });
  }
}
