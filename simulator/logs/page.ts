import { AwsError } from '../core/aws-error.ts';

/** A page of a list whose order is stable; the token is the position. */
export function pageOf<T>(
  all: readonly T[],
  limit: number,
  token: string | undefined,
): { items: T[]; nextToken: string | undefined } {
  const start = token === undefined ? 0 : Number(token);
  if (!Number.isInteger(start) || start < 0) {
    throw new AwsError('InvalidParameterException', 'The specified nextToken is invalid.');
  }
  const end = start + limit;
  return { items: all.slice(start, end), nextToken: end < all.length ? String(end) : undefined };
}
