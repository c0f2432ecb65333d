import { pageOf } from '../core/page.ts';
import { validationError } from './actions.ts';

const largestPage = 400;

/** One page of a Describe call. Throws AwsError ValidationError. */
export function page<T>(
  items: readonly T[],
  request: { Marker?: string | undefined; PageSize?: number | undefined },
): { items: T[]; NextMarker?: string } {
  const { Marker, PageSize = largestPage } = request;
  if (PageSize < 1 || PageSize > largestPage) {
    throw validationError(`PageSize ${PageSize} must be between 1 and ${largestPage}`);
  }
  const refuse = () => validationError(`Invalid marker '${Marker}'`);
  const { items: shown, next } = pageOf(items, { token: Marker, size: PageSize, refuse });
  return { items: shown, ...(next !== undefined && { NextMarker: next }) };
}
