import type { DescribedExecution } from '../../functions/core/ports/executions.ts';
import { parsePushRecord, pushRecordKeys } from '../../functions/core/workflow/push-record.ts';
import type { ReleaseAccount } from './release-account.ts';
import { type ReleaseEnd, releaseEnd, requestOf } from './release-end.ts';

/** One execution with what it was for and how it ended. */
export interface PastRelease {
  readonly execution: DescribedExecution;
  /** Undefined when somebody typed an input that is no request. */
  readonly request: KnownRequest | undefined;
  /** Undefined while it runs. */
  readonly end: ReleaseEnd | undefined;
}

/** What a release was for. Until one that was chosen by hand is resolved, only the person's own words tell it. */
export interface KnownRequest {
  readonly service: string;
  readonly eventId: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
  readonly asked: string | undefined;
}

export async function pastRelease(
  account: Pick<ReleaseAccount, 'describe' | 'record'>,
  executionArn: string,
): Promise<PastRelease> {
  const execution = await account.describe(executionArn);
  const request = requestOf(execution);
  const record =
    request === undefined || execution.status === 'RUNNING'
      ? undefined
      : await account.record(pushRecordKeys.outcome(request.eventId, request.service));
  return { execution, request: known(request, record), end: releaseEnd(execution, record) };
}

function known(request: ReturnType<typeof requestOf>, record: unknown): KnownRequest | undefined {
  if (request === undefined) return undefined;
  const told = 'digest' in request ? request : parsePushRecord(record);
  const resolved = told !== undefined && 'digest' in told ? told : undefined;
  const { service, eventId } = request;
  return {
    ...{ service, eventId, tag: resolved?.tag, digest: resolved?.digest },
    asked: 'asked' in request ? request.asked : undefined,
  };
}

export interface HistoryFilter {
  /** Every service when undefined. */
  readonly service: string | undefined;
  readonly limit: number;
  /** Epoch milliseconds. */
  readonly sinceMs: number;
}

/** Releases, newest first. A person may have named an execution anything, so its input says whose it is. */
export async function pastReleases(
  account: ReleaseAccount,
  { service, limit, sinceMs }: HistoryFilter,
): Promise<PastRelease[]> {
  const found: PastRelease[] = [];
  for (const { executionArn } of await account.executions(sinceMs)) {
    if (found.length >= limit) break;
    const release = await pastRelease(account, executionArn);
    if (service === undefined || release.request?.service === service) found.push(release);
  }
  return found;
}
