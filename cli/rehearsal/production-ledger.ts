/** Requests that the production listener answered, by release and status, as the balancer saw them. */
export interface ReleaseTraffic {
  requests: number;
  readonly byStatus: Record<string, number>;
}

export interface ServedRequest {
  /** Label of the release whose task answered; undefined when the balancer answered itself. */
  readonly release: string | undefined;
  readonly status: number;
}

/** Name under which answers of the balancer itself (502, 503, 504) are counted. */
export const balancerItself = 'load balancer';

export class ProductionLedger {
  readonly byRelease: Record<string, ReleaseTraffic> = {};
  #sinceWeightsChanged = 0;
  #waiters: { readonly count: number; readonly resolve: () => void }[] = [];

  record({ release, status }: ServedRequest): void {
    const name = release ?? balancerItself;
    const traffic = this.byRelease[name] ?? { requests: 0, byStatus: {} };
    this.byRelease[name] = traffic;
    traffic.requests++;
    traffic.byStatus[status] = (traffic.byStatus[status] ?? 0) + 1;
    this.#sinceWeightsChanged++;
    const served = this.#sinceWeightsChanged;
    this.#waiters = this.#waiters.filter((waiter) => {
      if (served < waiter.count) return true;
      waiter.resolve();
      return false;
    });
  }

  requestsServedBy(release: string): number {
    return this.byRelease[release]?.requests ?? 0;
  }

  weightsChanged(): void {
    this.#sinceWeightsChanged = 0;
  }

  /** Undefined when the present weights already served `count` requests; else resolves when they have. */
  served(count: number): Promise<void> | undefined {
    if (this.#sinceWeightsChanged >= count) return undefined;
    return new Promise((resolve) => {
      this.#waiters.push({ count, resolve });
    });
  }

  /** Lets every waiter go, when no more traffic will come. */
  close(): void {
    for (const waiter of this.#waiters.splice(0)) waiter.resolve();
    this.#sinceWeightsChanged = Number.POSITIVE_INFINITY;
  }
}
