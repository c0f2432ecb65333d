import { pageOf as corePageOf } from '../core/page.ts';
import { ecrErrors } from './ecr-errors.ts';

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken?: string;
}

export interface PageRequest {
  readonly nextToken?: string | undefined;
  readonly maxResults?: number | undefined;
}

/** ECR's bounds for all its lists. */
const defaultPageSize = 100;
const maxPageSize = 1000;

/** Cuts one page out of a list. Throws AwsError InvalidParameterException for a foreign token. */
export function pageOf<T>(items: readonly T[], { nextToken, maxResults }: PageRequest): Page<T> {
  const size = maxResults ?? defaultPageSize;
  if (size < 1 || size > maxPageSize) {
    throw ecrErrors.invalidParameter(`'maxResults' must be 1 to ${maxPageSize}, not ${size}`);
  }
  const refuse = () => ecrErrors.invalidParameter(`'nextToken' is not one of this list`);
  const { items: shown, next } = corePageOf(items, { token: nextToken, size, refuse });
  return { items: shown, ...(next !== undefined && { nextToken: next }) };
}
