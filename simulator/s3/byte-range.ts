import { AwsError } from '../core/aws-error.ts';

/** First and last byte, both included. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/**
 * Reads an HTTP Range header for a body of `size` bytes. Forms that S3 does not serve (several ranges,
 * other units) mean the whole body, hence undefined; a range outside the body throws `InvalidRange`.
 */
export function parseByteRange(header: string, size: number): ByteRange | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header.trim());
  const [, from = '', to = ''] = match ?? [];
  if (!match || (from === '' && to === '')) return undefined;
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  const inverted = from !== '' && to !== '' && Number(to) < Number(from);
  if (inverted) return undefined;
  if (first >= size || (from === '' && Number(to) === 0)) {
    throw new AwsError('InvalidRange', 'The requested range is not satisfiable', {
      status: 416,
      members: { RangeRequested: header, ActualObjectSize: size },
    });
  }
  return { first, last };
}
