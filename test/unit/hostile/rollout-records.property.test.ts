import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  approvalRequest,
  parseApprovalRequest,
} from '../../../functions/core/approval/approval-request.ts';
import { parseRolloutRecord } from '../../../functions/core/rolling/parse-rollout-record.ts';
import { renderRolloutNotification } from '../../../functions/core/rolling/render-rollout-notification.ts';
import { parseRolloutIntent } from '../../../functions/core/rolling/rollout-intent.ts';
import { hookReport } from '../../support/builders/hook-reports.ts';
import { rolloutRecord } from '../../support/builders/rollout-records.ts';
import { rollout } from '../../support/fakes/fake-service-deployments.ts';
import { hostileDocuments } from '../../support/hostile-values.ts';

const numRuns = 500;
const asRead = (value: unknown) => JSON.parse(JSON.stringify(value));

describe('records of rolling updates and approvals that somebody else wrote', () => {
  it('of a rollout are none, or can be told to people', () => {
    const sound = rolloutRecord({
      stop: {
        cause: 'check-failed',
        sentence: 'checks failed',
        requestedAt: '2026-09-01T10:03:00Z',
        evidence: ['a'],
      },
      back: {
        rollout: rollout(),
        checks: rolloutRecord().phases[0]?.checks ?? [],
        overtakenBy: 'NEXT',
      },
      stoppedTasks: ['a task'],
    });
    expect(parseRolloutRecord(asRead(sound))).toBeDefined();
    for (const overtakenBy of ['../NEXT', '', 7, null]) {
      const back = { ...sound.back, overtakenBy };
      expect(parseRolloutRecord(asRead({ ...sound, back }))).toBeUndefined();
    }
    fc.assert(
      fc.property(hostileDocuments(sound), (document) => {
        const record = parseRolloutRecord(document);
        if (record === undefined) return;
        expect(renderRolloutNotification(record).subject).toMatch(/^[ -~]{1,100}$/);
        for (const { endedAt, checks } of record.phases) {
          expect(new Date(endedAt).toISOString()).toMatch(/Z$/);
          for (const check of checks) expect(typeof check.sentence).toBe('string');
        }
        for (const { requests, errors } of Object.values(record.answers.since))
          expect(requests + errors).toBeGreaterThanOrEqual(0);
      }),
      { numRuns },
    );
  });

  it('of what a rollout came to so far are none, or can be gone on with', () => {
    const { release, taskDefinitionArn, execution, phases, answers } = rolloutRecord();
    const sound = {
      ...{ release, taskDefinitionArn, execution, phases, answers },
      ecsDeploymentId: 'ecs-svc/1',
      attemptStartedAt: '2026-09-01T10:00:00Z',
      deploymentId: 'AAAAAAAA1',
    };
    expect(parseRolloutIntent(asRead(sound))).toEqual(sound);
    fc.assert(
      fc.property(hostileDocuments(sound), (document) => {
        const intent = parseRolloutIntent(document);
        if (intent === undefined) return;
        expect(intent.deploymentId ?? 'none').toMatch(/^[A-Za-z0-9_-]{1,64}$/);
        expect(Number.isNaN(Date.parse(intent.attemptStartedAt))).toBe(false);
        expect(intent.taskDefinitionArn).toMatch(/^arn:aws/);
        for (const { checks } of intent.phases) expect(checks.length).toBeGreaterThanOrEqual(0);
      }),
      { numRuns },
    );
  });

  it('of an approval are none, or a request whose time can be told', () => {
    const sound = {
      ...approvalRequest(
        { ...hookReport(), awaitsApproval: { timeoutMinutes: 45 } },
        { nowMs: Date.parse('2026-09-01T10:02:05Z') },
      ),
      notifiedAt: '2026-09-01T10:02:06.000Z',
      expiredAt: '2026-09-01T10:47:06.000Z',
    };
    expect(parseApprovalRequest(asRead(sound))).toEqual(sound);
    fc.assert(
      fc.property(hostileDocuments(sound), (document) => {
        const request = parseApprovalRequest(document);
        if (request === undefined) return;
        expect(request.deploymentId).toMatch(/^d-[A-Z0-9]+$/);
        expect(Number.isNaN(Date.parse(request.expiresAt))).toBe(false);
        expect(request.timeoutMinutes).toBeGreaterThanOrEqual(0);
        for (const text of [request.service, request.notifiedAt ?? '', request.expiredAt ?? ''])
          expect(text).not.toMatch(/\p{Cc}/u);
      }),
      { numRuns },
    );
  });
});
