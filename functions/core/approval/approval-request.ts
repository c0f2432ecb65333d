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

/** A request read back; undefined when there is none or it is none of ours. Only this controller writes the key. */
export function parseApprovalRequest(document: unknown): ApprovalRequest | undefined {
  return isApprovalRequest(document) ? document : undefined;
}

function isApprovalRequest(document: unknown): document is ApprovalRequest {
  return (
    typeof document === 'object' &&
    document !== null &&
    'hookExecutionId' in document &&
    typeof document.hookExecutionId === 'string' &&
    'timeoutMinutes' in document &&
    typeof document.timeoutMinutes === 'number' &&
    'askedAt' in document &&
    typeof document.askedAt === 'string' &&
    'expiresAt' in document &&
    typeof document.expiresAt === 'string' &&
    !Number.isNaN(Date.parse(document.expiresAt))
  );
}
