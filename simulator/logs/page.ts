import { AwsError } from '../core/aws-error.ts';
import { pageOf as corePageOf } from '../core/page.ts';

export function pageOf<T>(
  all: readonly T[],
  limit: number,
  token: string | undefined,
): { items: T[]; nextToken: string | undefined } {
  const refuse = () =>
    new AwsError('InvalidParameterException', 'The specified nextToken is invalid.');
  const { items, next } = corePageOf(all, { token, size: limit, refuse });
  return { items, nextToken: next };
}
