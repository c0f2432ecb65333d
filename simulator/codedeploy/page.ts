import { AwsError } from '../core/aws-error.ts';
import { pageOf } from '../core/page.ts';

/** One page; CodeDeploy's page sizes are not settable. */
export function page<T>(
  all: readonly T[],
  token: string | undefined,
  size = 100,
): { items: T[]; next: { nextToken?: string } } {
  const refuse = () =>
    new AwsError('InvalidNextTokenException', `The next token is not valid: ${token}`);
  const { items, next } = pageOf(all, { token, size, refuse });
  return { items, next: next === undefined ? {} : { nextToken: next } };
}
