import type { Clock } from '../core/clock.ts';
import type { Settings } from '../core/settings.ts';
import type { ServiceName } from '../wire/operation.ts';
import type { RequestQuota } from './request-quota.ts';
import { requestQuotas } from './request-quotas.ts';
import { throttlingError } from './throttling-error.ts';
import { TokenBucket } from './token-bucket.ts';

/** The account's request quotas, on the virtual clock; for administrators as for everybody. */
export class Quotas {
  readonly #clock: Clock;
  readonly #settings: Settings;
  readonly #buckets = new Map<RequestQuota, TokenBucket>();

  constructor(clock: Clock, settings: Settings) {
    this.#clock = clock;
    this.#settings = settings;
  }

  /** Takes a token of the operation's bucket; throws the service's throttling error when it is empty. */
  admit(service: ServiceName, operation: string): void {
    if (!this.#settings.requestQuotas) return;
    const quota = requestQuotas.find((each) => each.service === service && covers(each, operation));
    if (!quota) return;
    const nowMs = this.#clock.now();
    const bucket = this.#buckets.get(quota) ?? new TokenBucket(quota.burst, quota.perSecond, nowMs);
    this.#buckets.set(quota, bucket);
    if (!bucket.take(nowMs)) throw throttlingError(service);
  }
}

function covers({ operations }: RequestQuota, operation: string): boolean {
  return operations instanceof RegExp ? operations.test(operation) : operations.includes(operation);
}
