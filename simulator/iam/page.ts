import { AwsError } from '../core/aws-error.ts';
import { pageOf } from '../core/page.ts';

/** IAM lists come in pages of 100 unless MaxItems (1 to 1000) says otherwise. */
export function iamPage<T>(
  all: readonly T[],
  { Marker, MaxItems = 100 }: { Marker?: string | undefined; MaxItems?: number | undefined },
): { items: T[]; more: { IsTruncated: boolean; Marker?: string } } {
  if (MaxItems < 1 || MaxItems > 1_000) {
    throw new AwsError(
      'ValidationError',
      `1 validation error detected: Value '${MaxItems}' at 'maxItems' failed to satisfy constraint: Member must have value between 1 and 1000`,
    );
  }
  const refuse = (token: string) => new AwsError('ValidationError', `Invalid Marker ${token}.`);
  const { items, next } = pageOf(all, { token: Marker, size: MaxItems, refuse });
  return {
    items,
    more: { IsTruncated: next !== undefined, ...(next !== undefined && { Marker: next }) },
  };
}
