import { AwsError } from '../core/aws-error.ts';

const largestPage = 100;

/** One page; the token is the base64 of the next position. */
export function page<T>(
  all: readonly T[],
  token: string | undefined,
  limit = largestPage,
): { items: T[]; next: { NextToken?: string } } {
  const start = token ? Number(Buffer.from(token, 'base64').toString()) : 0;
  if (!Number.isInteger(start) || start < 0) {
    throw new AwsError('ValidationException', `NextToken is not valid: ${token}`);
  }
  const end = start + Math.min(limit, largestPage);
  return {
    items: all.slice(start, end),
    next: end < all.length ? { NextToken: Buffer.from(String(end)).toString('base64') } : {},
  };
}
