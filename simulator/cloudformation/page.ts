import { AwsError } from '../core/aws-error.ts';
import { pageOf } from '../core/page.ts';

const pageSize = 100;

/** One page of a list. Throws AwsError ValidationError for a token of somebody else. */
export function page<T>(
  items: readonly T[],
  token: string | undefined,
  size = pageSize,
): { readonly items: T[]; readonly nextToken: string | undefined } {
  const refuse = () =>
    new AwsError('ValidationError', `Invalid NextToken: ${token}`, { status: 400 });
  const { items: shown, next } = pageOf(items, { token, size, refuse });
  return { items: shown, nextToken: next };
}
