import { AwsError } from '../core/aws-error.ts';

const largestPage = 50;

/** One page of a list; the marker is the base64 of the next position. */
export function page<T>(
  all: readonly T[],
  marker: string | undefined,
  maxItems: number | undefined,
): { items: T[]; next: string | undefined } {
  const start = marker ? Number(Buffer.from(marker, 'base64').toString()) : 0;
  if (!Number.isInteger(start) || start < 0) {
    throw new AwsError('InvalidParameterValueException', `Invalid Marker: ${marker}`);
  }
  const end = start + Math.min(maxItems ?? largestPage, largestPage);
  return {
    items: all.slice(start, end),
    next: end < all.length ? Buffer.from(String(end)).toString('base64') : undefined,
  };
}
