import type { CheckResult } from '../../../functions/core/checks/check-result.ts';
import type { PhaseReport } from '../../../functions/core/rolling/rollout-progress.ts';
import type { RolloutRecord } from '../../../functions/core/rolling/rollout-record.ts';
import { rollout } from '../fakes/fake-service-deployments.ts';
import { execution, release } from './releases.ts';

export const answersWell: CheckResult = {
  name: 'production answers',
  type: 'http',
  verdict: 'pass',
  sentence: 'GET /: expected at least half of the answers to be good, got 6 of 6',
  expected: 'at least half of the answers to be good',
  observed: '6 of 6',
  samples: 6,
  evidence: [{ kind: 'statuses', counts: { '200': 6 } }],
};

export function phaseReport(changes: Partial<PhaseReport> = {}): PhaseReport {
  return {
    phase: 'after',
    verdict: 'pass',
    sentence: 'All 1 checks passed on 6 samples',
    checks: [answersWell],
    endedAt: '2026-09-01T10:04:00.000Z',
    ...changes,
  };
}

/** The record of a rolling update that took v2 to production. */
export function rolloutRecord(changes: Partial<RolloutRecord> = {}): RolloutRecord {
  const record: RolloutRecord = {
    outcome: 'deployed',
    reason: 'Deployed: v2 serves production of shop, rollout AAAAAAAA1 succeeded',
    strategy: 'ecs-rolling',
    deploymentId: 'AAAAAAAA1',
    release: release(),
    taskDefinitionArn: 'arn:aws:ecs:eu-central-1:123456789012:task-definition/shop:4',
    execution: execution(),
    actor: 'image-push',
    rollout: rollout({ status: 'SUCCESSFUL' }),
    stoppedTasks: [],
    phases: [phaseReport({ phase: 'before' }), phaseReport()],
    answers: {
      before: { v1: { requests: 6, errors: 0 } },
      since: { v1: { requests: 4, errors: 0 }, v2: { requests: 14, errors: 1 } },
    },
    notJudged: [],
    recordedAt: '2026-09-01T10:05:00.000Z',
  };
  return Object.assign(record, changes);
}
