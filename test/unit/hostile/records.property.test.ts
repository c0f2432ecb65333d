import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDeploymentRecord } from '../../../functions/core/deployment/parse-deployment-record.ts';
import { taskAnswer } from '../../../functions/core/deployment/task-answer.ts';
import { parseHookReport } from '../../../functions/core/hooks/parse-hook-report.ts';
import { renderNotification } from '../../../functions/core/notification/render-notification.ts';
import { hookStatusOf } from '../../../functions/core/verdict/verdict.ts';
import { parsePushRecord } from '../../../functions/core/workflow/push-record.ts';
import { rolledBackRecord } from '../../support/builders/deployment-records.ts';
import { hookReport } from '../../support/builders/hook-reports.ts';
import { execution, releaseRequest } from '../../support/builders/releases.ts';
import { hostileDocuments } from '../../support/hostile-values.ts';

const numRuns = 500;

describe('records that somebody else wrote', () => {
  it('of a deployment are none, or can be told to people and to the waiting task', () => {
    expect(parseDeploymentRecord(JSON.parse(JSON.stringify(rolledBackRecord())))).toBeDefined();
    fc.assert(
      fc.property(hostileDocuments(rolledBackRecord()), (document) => {
        const record = parseDeploymentRecord(document);
        if (record === undefined) return;
        const answer = taskAnswer(record);
        expect(answer.kind === 'success' || answer.cause.length <= 32_768).toBe(true);
        expect(renderNotification(record).subject).toMatch(/^[ -~]{1,100}$/);
      }),
      { numRuns },
    );
  });

  it('of a hook are none, or a verdict that can be reported', () => {
    const sound = hookReport({ checks: rolledBackRecord().hooks[0]?.checks ?? [] });
    expect(parseHookReport(JSON.parse(JSON.stringify(sound)))).toBeDefined();
    fc.assert(
      fc.property(hostileDocuments(sound), (document) => {
        const report = parseHookReport(document);
        if (report === undefined) return;
        expect(['Succeeded', 'Failed']).toContain(hookStatusOf(report.verdict));
        for (const check of report.checks)
          expect(check.sentence.trim()).toBe(check.sentence.trim());
      }),
      { numRuns },
    );
  });

  it('of a push are none, or name its outcome', () => {
    const sound = {
      ...releaseRequest(),
      ...execution(),
      outcome: 'failed',
      reason: 'a reason',
      recordedAt: '2026-09-01T10:05:00.000Z',
      deploymentId: 'd-AAAAAAAA1',
    };
    expect(parsePushRecord(sound)).toBeDefined();
    fc.assert(
      fc.property(hostileDocuments(sound), (document) => {
        const record = parsePushRecord(document);
        if (record === undefined) return;
        expect(typeof record.reason).toBe('string');
        expect(record.outcome).toMatch(/^[a-z-]+$/);
      }),
      { numRuns },
    );
  });
});
