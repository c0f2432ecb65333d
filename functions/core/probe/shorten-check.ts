import type { HttpCheckConfig } from '../config/schema.ts';

/** Requests of a shortened repeat at most. */
export const shortRequests = 10;

/**
 * The same check with at most ten requests, for the repeats after the full judgement. Few requests must not
 * be judged more strictly than many: where the full check forgives any miss, the short one forgives one; and
 * a latency quantile of ten requests would be their slowest, so latency is left to the full check.
 */
export function shortenCheck(check: HttpCheckConfig): HttpCheckConfig {
  const requests = Math.min(check.requests, shortRequests);
  if (requests === check.requests) {
    return check;
  }
  const { latency: _, ...expect } = check.expect;
  const { max } = check.expect.errorShare;
  const forgiven = max === 0 ? 0 : Math.max(max, 1 / requests);
  return { ...check, requests, expect: { ...expect, errorShare: { max: forgiven } } };
}
