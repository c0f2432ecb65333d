import type { DeploymentTarget } from '../ports/deployments.ts';
import type { ApprovalRequest } from './approval-request.ts';

/**
 * How a wait for approval ended. `nobody` answered in time; `withdrawn` when the deployment was stopped, by a
 * person or for a newer release, before anybody answered.
 */
export const approvalAnswers = ['approved', 'rejected', 'nobody', 'withdrawn'] as const;

export type ApprovalAnswer = (typeof approvalAnswers)[number];

/** What a deployment's record says of its approval. */
export interface Approval {
  readonly answer: ApprovalAnswer;
  /** ISO 8601. */
  readonly askedAt: string;
  /** ISO 8601. */
  readonly expiresAt: string;
  readonly timeoutMinutes: number;
  /** ISO 8601; of an answer that a person gave. */
  readonly answeredAt?: string;
}

/** CodeDeploy gives a hook up one hour after it began (aws-facts 3.3), a few seconds more or less. */
const hookLimitMs = 59 * 60_000;

/**
 * Who answered, told from CodeDeploy's own list of events: a person answers CodeDeploy, not us, so that what we
 * know ourselves is only that nobody had answered when we gave up waiting.
 */
export function approvalOf(
  { askedAt, expiresAt, timeoutMinutes, expiredAt }: ApprovalRequest,
  deploymentStatus: string,
  target: DeploymentTarget | undefined,
): Approval {
  const asked = { askedAt, expiresAt, timeoutMinutes };
  const event = target?.lifecycleEvents.find(({ name }) => name === 'BeforeAllowTraffic');
  const { status, startedAtMs, endedAtMs } = event ?? {};
  const answeredAt = endedAtMs === undefined ? {} : { answeredAt: iso(endedAtMs) };
  if (status === 'Succeeded') return { answer: 'approved', ...asked, ...answeredAt };
  if (status !== 'Failed' || deploymentStatus === 'Stopped')
    return { answer: 'withdrawn', ...asked };
  const ownLimit =
    startedAtMs !== undefined && endedAtMs !== undefined && endedAtMs - startedAtMs >= hookLimitMs;
  if (expiredAt !== undefined || ownLimit) return { answer: 'nobody', ...asked };
  return { answer: 'rejected', ...asked, ...answeredAt };
}

/** Why a release that nobody approved did not go on, one sentence without a full stop; undefined for one that did. */
export function explainRefusedApproval(approval: Approval | undefined): string | undefined {
  if (approval?.answer === 'nobody') {
    return `nobody approved the release within ${approval.timeoutMinutes} minutes, asked at ${approval.askedAt}`;
  }
  if (approval?.answer !== 'rejected') return undefined;
  const at = approval.answeredAt === undefined ? '' : ` at ${approval.answeredAt}`;
  return `a person rejected the release${at}, asked at ${approval.askedAt}; CloudTrail says who`;
}

/** End of a sentence about a release that went on because a person let it; empty for any other. */
export function approvedBy(approval: Approval | undefined): string {
  if (approval?.answer !== 'approved') return '';
  return approval.answeredAt === undefined
    ? ', approved by a person'
    : `, approved by a person at ${approval.answeredAt}`;
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
