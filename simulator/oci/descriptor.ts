import { sha256Digest } from './digest.ts';

export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  /** Bytes. */
  readonly size: number;
}

/** A blob or manifest together with how others refer to it. */
export interface Content {
  readonly descriptor: Descriptor;
  readonly bytes: Uint8Array;
}

export function contentOf(mediaType: string, bytes: Uint8Array): Content {
  return { descriptor: { mediaType, digest: sha256Digest(bytes), size: bytes.length }, bytes };
}

/** Members are written in the given order, without white space: the digest depends on it. */
export function jsonContent(mediaType: string, value: object): Content {
  return contentOf(mediaType, Buffer.from(JSON.stringify(value)));
}
