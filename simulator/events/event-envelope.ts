import type { Identity } from '../core/arns.ts';
import type { PublishedEvent } from '../core/services.ts';

/** An event as targets receive it. */
export interface EventEnvelope {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** Second precision: `2026-09-01T10:00:00Z`. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: unknown;
}

export function envelope(
  identity: Identity,
  id: string,
  atMs: number,
  event: PublishedEvent,
): EventEnvelope {
  return {
    version: '0',
    id,
    'detail-type': event.detailType,
    source: event.source,
    account: identity.accountId,
    time: `${new Date(atMs).toISOString().slice(0, 19)}Z`,
    region: identity.region,
    resources: event.resources,
    detail: event.detail,
  };
}
