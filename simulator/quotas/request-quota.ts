import type { ServiceName } from '../wire/operation.ts';

export interface RequestQuota {
  readonly service: ServiceName;
  /** One bucket for all of these operations together. */
  readonly operations: readonly string[] | RegExp;
  readonly burst: number;
  readonly perSecond: number;
}

export const quota = (
  service: ServiceName,
  burst: number,
  perSecond: number,
  operations: RequestQuota['operations'],
): RequestQuota => ({ service, operations, burst, perSecond });

/** Each of these operations has a bucket of its own. */
export const each = (
  service: ServiceName,
  burst: number,
  perSecond: number,
  operations: readonly string[],
): readonly RequestQuota[] =>
  operations.map((operation) => quota(service, burst, perSecond, [operation]));
