import { AwsError } from '../core/aws-error.ts';
import { pageOf } from '../core/page.ts';

const largestPage = 100;

export function page<T>(
  all: readonly T[],
  token: string | undefined,
  limit = largestPage,
): { items: T[]; next: { NextToken?: string } } {
  const refuse = () => new AwsError('ValidationException', `NextToken is not valid: ${token}`);
  const size = Math.min(limit, largestPage);
  const { items, next } = pageOf(all, { token, size, refuse });
  return { items, next: next === undefined ? {} : { NextToken: next } };
}
