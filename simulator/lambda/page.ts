import { AwsError } from '../core/aws-error.ts';
import { pageOf } from '../core/page.ts';

const largestPage = 50;

export function page<T>(
  all: readonly T[],
  marker: string | undefined,
  maxItems: number | undefined,
): { items: T[]; next: string | undefined } {
  const refuse = () => new AwsError('InvalidParameterValueException', `Invalid Marker: ${marker}`);
  const size = Math.min(maxItems ?? largestPage, largestPage);
  return pageOf(all, { token: marker, size, refuse });
}
