import { pageOf } from '../core/page.ts';
import { invalidParameter } from './service-rules.ts';

/** One page of a List call. Throws AwsError InvalidParameterException. */
export function page<T>(
  items: readonly T[],
  request: { nextToken?: string | undefined; maxResults?: number | undefined },
  limits: { readonly standard: number; readonly greatest: number },
): { items: T[]; nextToken?: string } {
  const { nextToken, maxResults = limits.standard } = request;
  if (!Number.isInteger(maxResults) || maxResults < 1 || maxResults > limits.greatest) {
    throw invalidParameter(`maxResults ${maxResults} must be between 1 and ${limits.greatest}.`);
  }
  const refuse = () => invalidParameter('Invalid token.');
  const { items: shown, next } = pageOf(items, { token: nextToken, size: maxResults, refuse });
  return { items: shown, ...(next !== undefined && { nextToken: next }) };
}
