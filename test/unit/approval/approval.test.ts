import { describe, expect, it } from 'vitest';
import {
  approvalOf,
  approvedBy,
  explainRefusedApproval,
} from '../../../functions/core/approval/approval.ts';
import {
  approvalRequest,
  parseApprovalRequest,
} from '../../../functions/core/approval/approval-request.ts';
import type { DeploymentTarget } from '../../../functions/core/ports/deployments.ts';
import { hookReport } from '../../support/builders/hook-reports.ts';

const beganMs = Date.parse('2026-09-01T10:00:00Z');
const minute = 60_000;
const request = {
  deploymentId: 'd-AAAAAAAA1',
  hookExecutionId: 'hook-1',
  service: 'shop',
  askedAt: '2026-09-01T10:00:20.000Z',
  expiresAt: '2026-09-01T10:45:00.000Z',
  timeoutMinutes: 45,
  notifiedAt: '2026-09-01T10:00:21.000Z',
};

function beforeAllowTraffic(status: string, lastedMs: number): DeploymentTarget {
  const event = { status, startedAtMs: beganMs, endedAtMs: beganMs + lastedMs };
  const other = { ...event, name: 'AfterInstall', status: 'Succeeded' };
  return { lifecycleEvents: [other, { ...event, name: 'BeforeAllowTraffic' }], taskSets: [] };
}

describe('approvalOf', () => {
  it('tells an approval from the event that CodeDeploy shows, with its time', () => {
    const approval = approvalOf(request, 'Succeeded', beforeAllowTraffic('Succeeded', 9 * minute));

    expect(approval).toEqual({
      answer: 'approved',
      askedAt: request.askedAt,
      expiresAt: request.expiresAt,
      timeoutMinutes: 45,
      answeredAt: '2026-09-01T10:09:00.000Z',
    });
    expect(approvedBy(approval)).toBe(', approved by a person at 2026-09-01T10:09:00.000Z');
    expect(explainRefusedApproval(approval)).toBeUndefined();
  });

  it('tells a rejection from an end that was not ours', () => {
    const approval = approvalOf(request, 'Failed', beforeAllowTraffic('Failed', 9 * minute));

    expect(approval.answer).toBe('rejected');
    expect(explainRefusedApproval(approval)).toBe(
      'a person rejected the release at 2026-09-01T10:09:00.000Z, asked at 2026-09-01T10:00:20.000Z; CloudTrail says who',
    );
    expect(approvedBy(approval)).toBe('');
  });

  it('is nobody when we gave up waiting', () => {
    const expired = { ...request, expiredAt: '2026-09-01T10:50:00.000Z' };
    const approval = approvalOf(expired, 'Failed', beforeAllowTraffic('Failed', 50 * minute));

    expect(approval).not.toHaveProperty('answeredAt');
    expect(explainRefusedApproval(approval)).toBe(
      'nobody approved the release within 45 minutes, asked at 2026-09-01T10:00:20.000Z',
    );
  });

  it("is nobody after CodeDeploy's own hour too, when no sweep came", () => {
    const late = approvalOf(request, 'Failed', beforeAllowTraffic('Failed', 60 * minute));

    expect(late.answer).toBe('nobody');
  });

  it('is an approval when a person was quicker than us by a moment', () => {
    const expired = { ...request, expiredAt: '2026-09-01T10:50:00.000Z' };
    const approval = approvalOf(expired, 'Succeeded', beforeAllowTraffic('Succeeded', 50 * minute));

    expect(approval.answer).toBe('approved');
  });

  it.each(['Failed', 'Skipped', 'InProgress'])(
    'is withdrawn when the deployment was stopped, with the event %s',
    (status) => {
      const approval = approvalOf(request, 'Stopped', beforeAllowTraffic(status, minute));

      expect(approval.answer).toBe('withdrawn');
      expect(explainRefusedApproval(approval)).toBeUndefined();
    },
  );
});

describe('approvalRequest', () => {
  const report = {
    ...hookReport({ lifecycleEvent: 'BeforeAllowTraffic', startedAt: '2026-09-01T10:02:00.000Z' }),
    awaitsApproval: { timeoutMinutes: 30 },
  };

  it("counts from the event's begin, as CodeDeploy does, however late the hook was invoked", () => {
    const nowMs = Date.parse('2026-09-01T10:06:00Z');
    const eventStartedAtMs = Date.parse('2026-09-01T09:58:00Z');

    expect(approvalRequest(report, { nowMs, eventStartedAtMs })).toMatchObject({
      askedAt: '2026-09-01T10:06:00.000Z',
      expiresAt: '2026-09-01T10:28:00.000Z',
    });
    expect(approvalRequest(report, { nowMs }).expiresAt).toBe('2026-09-01T10:32:00.000Z');
  });
});

describe('parseApprovalRequest', () => {
  it('reads back what was kept', () => {
    expect(parseApprovalRequest(request)).toEqual(request);
  });

  it.each([
    ['nothing', undefined],
    ['no object', 'x'],
    ['a time that is none', { ...request, askedAt: 'yesterday' }],
    ['an odd id', { ...request, deploymentId: '../x' }],
    ['no execution id', { ...request, hookExecutionId: undefined }],
    ['an odd number', { ...request, timeoutMinutes: '45' }],
  ])('takes %s for no request', (_, document) => {
    expect(parseApprovalRequest(document)).toBeUndefined();
  });
});
