import { InvalidEventError } from '../errors.ts';
import { MemberReader } from '../events/member-reader.ts';
import { deploymentIdRule } from '../events/text-rules.ts';
import type { HookReport } from '../hooks/hook-report.ts';

/** Kept while a release waits for a person, `deployments/<deploymentId>/approval.json`. */
export interface ApprovalRequest {
  readonly deploymentId: string;
  /** What the answer has to name; nothing but the hook's own payload tells it (aws-facts 3.3). */
  readonly hookExecutionId: string;
  readonly service: string;
  /** ISO 8601. */
  readonly askedAt: string;
  /** ISO 8601; nobody is waited for any longer. */
  readonly expiresAt: string;
  readonly timeoutMinutes: number;
  /** ISO 8601; missing until people were asked. */
  readonly notifiedAt?: string;
  /** ISO 8601; when Greengate itself rejected the release because nobody had answered. */
  readonly expiredAt?: string;
}

/**
 * The request for a judgement that passed. The time runs from the lifecycle event's begin, as CodeDeploy's own
 * hour does, so that an invocation that came late does not outlast it.
 */
export function approvalRequest(
  report: HookReport & { readonly awaitsApproval: { readonly timeoutMinutes: number } },
  { nowMs, eventStartedAtMs }: { readonly nowMs: number; readonly eventStartedAtMs?: number },
): ApprovalRequest {
  const { deploymentId, hookExecutionId, service = '', startedAt, awaitsApproval } = report;
  const { timeoutMinutes } = awaitsApproval;
  const sinceMs = eventStartedAtMs ?? Date.parse(startedAt);
  return {
    deploymentId,
    hookExecutionId,
    service,
    askedAt: new Date(nowMs).toISOString(),
    expiresAt: new Date(sinceMs + timeoutMinutes * 60_000).toISOString(),
    timeoutMinutes,
  };
}

/**
 * A request read back; undefined when there is none or it is none of ours. Only this controller writes the key, but
 * what it says is told to people, so every member is checked.
 */
export function parseApprovalRequest(document: unknown): ApprovalRequest | undefined {
  if (document === undefined) return undefined;
  const reader = MemberReader.of(document);
  const notifiedAt = reader.optionalText('notifiedAt');
  const expiredAt = reader.optionalText('expiredAt');
  const request = {
    deploymentId: reader.text('deploymentId', deploymentIdRule),
    hookExecutionId: reader.text('hookExecutionId'),
    service: reader.text('service'),
    askedAt: reader.instant('askedAt'),
    expiresAt: reader.instant('expiresAt'),
    timeoutMinutes: reader.count('timeoutMinutes'),
    ...(notifiedAt === undefined ? {} : { notifiedAt }),
    ...(expiredAt === undefined ? {} : { expiredAt }),
  };
  try {
    reader.finish('the request for an approval');
    return request;
  } catch (error) {
    if (error instanceof InvalidEventError) return undefined;
    throw error;
  }
}
