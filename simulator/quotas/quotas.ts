import type { Clock } from '../core/clock.ts';
import type { Settings } from '../core/settings.ts';
import type { ServiceName } from '../wire/operation.ts';
import type { RequestQuota } from './request-quota.ts';
import { requestQuotasIn } from './request-quotas.ts';
import { ResourceBuckets } from './resource-buckets.ts';
import { throttlingError } from './throttling-error.ts';
import { TokenBucket } from './token-bucket.ts';

/** The account's request quotas in one Region, on the virtual clock; for administrators as for everybody. */
export class Quotas {
  /** The Region whose figures count. */
  readonly region: string;
  readonly #clock: Clock;
  readonly #settings: Settings;
  readonly #quotas: readonly RequestQuota[];
  readonly #buckets = new Map<RequestQuota, TokenBucket>();
  readonly #resources = new ResourceBuckets();

  constructor(clock: Clock, settings: Settings, region: string) {
    this.#clock = clock;
    this.#settings = settings;
    this.region = region;
    this.#quotas = requestQuotasIn(region);
  }

  /** Takes a token of the operation's bucket; throws the service's throttling error when it is empty. */
  admit(service: ServiceName, operation: string): void {
    if (!this.#settings.requestQuotas) return;
    const quota = this.#quotas.find((each) => each.service === service && covers(each, operation));
    if (!quota) return;
    const nowMs = this.#clock.now();
    const bucket = this.#buckets.get(quota) ?? new TokenBucket(quota.burst, quota.perSecond, nowMs);
    this.#buckets.set(quota, bucket);
    if (!bucket.take(nowMs)) throw throttlingError(service);
  }

  /**
   * Takes tokens of the bucket of one resource (a queue's action, a prefix of keys), which holds one second of its
   * rate; throws the service's throttling error when it has fewer.
   */
  spend(service: ServiceName, resource: string, perSecond: number, tokens = 1): void {
    if (!this.#settings.requestQuotas) return;
    const nowMs = this.#clock.now();
    const bucket = this.#resources.of(`${service} ${resource}`, perSecond, nowMs);
    if (!bucket.take(nowMs, tokens)) throw throttlingError(service);
  }
}

function covers({ operations }: RequestQuota, operation: string): boolean {
  return operations instanceof RegExp ? operations.test(operation) : operations.includes(operation);
}
