import { AwsError } from '../core/aws-error.ts';
import { pageOf as corePageOf } from '../core/page.ts';

const pageSize = 100;

/** SNS lists come in pages of 100. */
export function pageOf<T>(
  all: readonly T[],
  token: string | undefined,
): { items: T[]; more: { NextToken?: string } } {
  const refuse = () => new AwsError('InvalidParameterException', 'Invalid parameter: NextToken');
  const { items, next } = corePageOf(all, { token, size: pageSize, refuse });
  return { items, more: next === undefined ? {} : { NextToken: next } };
}
