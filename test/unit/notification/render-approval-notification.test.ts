import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { renderApprovalNotification } from '../../../functions/core/notification/render-approval-notification.ts';
import { hookReport } from '../../support/builders/hook-reports.ts';

const request = {
  deploymentId: 'd-AAAAAAAA1',
  hookExecutionId: 'eyJlbmNyeXB0ZWREYXRhIjoi+/8=',
  service: 'shop',
  askedAt: '2026-09-01T10:00:20.000Z',
  expiresAt: '2026-09-01T10:45:00.000Z',
  timeoutMinutes: 45,
};
const check = {
  name: '/products',
  type: 'http',
  verdict: 'pass',
  sentence: 'GET /products: 100 of 100\nresponses met everything',
  expected: '',
  observed: '',
  samples: 100,
  evidence: [],
} as const;

describe('renderApprovalNotification', () => {
  it('gives the checks, the end of the wait, and a line for either answer', () => {
    const { subject, message } = renderApprovalNotification(
      request,
      hookReport({ sentence: 'All 1 checks passed', checks: [check] }),
      'eu-central-1',
    );

    expect(subject).toBe('Greengate: shop waits for approval, d-AAAAAAAA1');
    const line = (status: string) =>
      `aws deploy put-lifecycle-event-hook-execution-status --region eu-central-1 --deployment-id d-AAAAAAAA1 --lifecycle-event-hook-execution-id eyJlbmNyeXB0ZWREYXRhIjoi+/8= --status ${status}`;
    expect(message.split('\n')).toEqual([
      'The replacement of shop passed its checks and waits for approval before production traffic, until 2026-09-01T10:45:00.000Z',
      '',
      'Service: shop',
      'Deployment: d-AAAAAAAA1',
      'BeforeAllowTraffic: All 1 checks passed',
      '- pass: GET /products: 100 of 100 responses met everything',
      '',
      'Approve:',
      line('Succeeded'),
      '',
      'Reject:',
      line('Failed'),
      '',
      'Without an answer the deployment is rolled back.',
    ]);
  });

  it('keeps an id one word of the shell, whatever it holds', () => {
    const hookExecutionId = 'a\'b; $(touch x) `id`\n"c" *';
    const { message } = renderApprovalNotification(
      { ...request, hookExecutionId },
      hookReport(),
      'eu-central-1',
    );
    const from = message.indexOf('aws deploy');
    const line = message.slice(from, message.indexOf('\n\nReject:'));

    const printed = execFileSync('/bin/sh', ['-c', line.replace(/^aws/, "printf '%s\\0'")]);

    expect(printed.toString().split('\0')).toContain(hookExecutionId);
  });
});
