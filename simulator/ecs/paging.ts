import { invalidParameter } from './service-rules.ts';

/** One page of a List call; the token is the position of the next item. */
export function page<T>(
  items: readonly T[],
  request: { nextToken?: string | undefined; maxResults?: number | undefined },
  limits: { readonly standard: number; readonly greatest: number },
): { items: T[]; nextToken?: string } {
  const { nextToken, maxResults = limits.standard } = request;
  if (!Number.isInteger(maxResults) || maxResults < 1 || maxResults > limits.greatest) {
    throw invalidParameter(`maxResults ${maxResults} must be between 1 and ${limits.greatest}.`);
  }
  const start = nextToken ? Number(Buffer.from(nextToken, 'base64').toString()) : 0;
  if (!Number.isInteger(start) || start < 0) throw invalidParameter('Invalid token.');
  const end = start + maxResults;
  const next = end < items.length ? { nextToken: Buffer.from(String(end)).toString('base64') } : {};
  return { items: items.slice(start, end), ...next };
}
