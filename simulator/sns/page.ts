import { AwsError } from '../core/aws-error.ts';

const pageSize = 100;

/** SNS lists come in pages of 100; the token is the position in the list. */
export function pageOf<T>(
  all: readonly T[],
  token: string | undefined,
): { items: T[]; more: { NextToken?: string } } {
  const start = token ? Number(Buffer.from(token, 'base64url').toString()) : 0;
  if (!Number.isInteger(start) || start < 0) {
    throw new AwsError('InvalidParameterException', 'Invalid parameter: NextToken');
  }
  const end = start + pageSize;
  const more =
    end < all.length ? { NextToken: Buffer.from(String(end)).toString('base64url') } : {};
  return { items: all.slice(start, end), more };
}
