import { AwsError } from '../core/aws-error.ts';

export interface PageRequest {
  readonly maxResults?: number | undefined;
  readonly nextToken?: string | undefined;
}

const defaultSize = 100;
const largestSize = 1_000;

/**
 * One page of a list. Tokens name the last item shown rather than an offset, so that items which
 * appear between two calls neither repeat nor hide others.
 */
export function page<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  { maxResults, nextToken }: PageRequest,
): { items: T[]; nextToken?: string } {
  const size = maxResults || defaultSize;
  if (size > largestSize) {
    throw new AwsError('ValidationException', `maxResults is ${size}, need 0 to ${largestSize}`);
  }
  const start = nextToken === undefined ? 0 : startAfter(items, keyOf, nextToken);
  const shown = items.slice(start, start + size);
  const last = shown.at(-1);
  if (last === undefined || start + size >= items.length) return { items: shown };
  return { items: shown, nextToken: Buffer.from(keyOf(last)).toString('base64url') };
}

function startAfter<T>(items: readonly T[], keyOf: (item: T) => string, token: string): number {
  const key = Buffer.from(token, 'base64url').toString();
  const index = items.findIndex((item) => keyOf(item) === key);
  if (index < 0) throw new AwsError('InvalidToken', `Invalid Token: '${token}'`);
  return index + 1;
}
