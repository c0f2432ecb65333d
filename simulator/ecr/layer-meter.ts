import { createHash } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';
import { UnsafeLayerError } from './file-tree.ts';

/** What is left of an image's allowance; shared by its layers (a tar bomb may come in pieces). */
export interface UnpackBudget {
  bytes: number;
  entries: number;
}

/** Passes an uncompressed layer on to the tar reader, computes its digest and stops tar bombs. */
export class LayerMeter extends Transform {
  readonly #budget: UnpackBudget;
  readonly #hash = createHash('sha256');

  constructor(budget: UnpackBudget) {
    super();
    this.#budget = budget;
  }

  /** Digest of everything that went through. */
  digest(): string {
    return `sha256:${this.#hash.digest('hex')}`;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#hash.update(chunk);
    this.#budget.bytes -= chunk.length;
    const exceeded = this.#budget.bytes < 0;
    done(exceeded ? new UnsafeLayerError('the image unpacks to too many bytes') : null, chunk);
  }
}
