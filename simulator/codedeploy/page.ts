import { AwsError } from '../core/aws-error.ts';

/** One page; the token is the base64 of the next position. CodeDeploy's page sizes are not settable. */
export function page<T>(
  all: readonly T[],
  token: string | undefined,
  size = 100,
): { items: T[]; next: { nextToken?: string } } {
  const start = token ? Number(Buffer.from(token, 'base64').toString()) : 0;
  if (!Number.isInteger(start) || start < 0 || (token && start >= all.length)) {
    throw new AwsError('InvalidNextTokenException', `The next token is not valid: ${token}`);
  }
  const end = start + size;
  return {
    items: all.slice(start, end),
    next: end < all.length ? { nextToken: Buffer.from(String(end)).toString('base64') } : {},
  };
}
