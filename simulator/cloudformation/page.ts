import { AwsError } from '../core/aws-error.ts';

/** One page of a list; tokens are offsets. Throws AwsError ValidationError for a token of somebody else. */
export function page<T>(
  items: readonly T[],
  token: string | undefined,
  size = 100,
): { readonly items: T[]; readonly nextToken: string | undefined } {
  const start = token === undefined ? 0 : Number(token);
  if (!Number.isInteger(start) || start < 0 || start > items.length) {
    throw new AwsError('ValidationError', `Invalid NextToken: ${token}`, { status: 400 });
  }
  const end = start + size;
  return {
    items: items.slice(start, end),
    nextToken: end < items.length ? String(end) : undefined,
  };
}
