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
  const start = nextToken === undefined ? 0 : readToken(nextToken);
  const end = start + size;
  return {
    items: items.slice(start, end),
    ...(end < items.length && { nextToken: Buffer.from(`next:${end}`).toString('base64url') }),
  };
}

function readToken(token: string): number {
  const [, offset] = /^next:(\d{1,9})$/.exec(Buffer.from(token, 'base64url').toString()) ?? [];
  if (offset === undefined) throw ecrErrors.invalidParameter(`'nextToken' is not one of this list`);
  return Number(offset);
}
