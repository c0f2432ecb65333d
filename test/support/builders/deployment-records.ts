import type { DeploymentRecord } from '../../../functions/core/deployment/deployment-record.ts';
import { deployment, deploymentTarget } from '../fakes/fake-deployments.ts';
import { hookReport } from './hook-reports.ts';
import { execution, release } from './releases.ts';

/** The record of a deployment that was rolled back because AfterAllowTestTraffic failed. */
export function rolledBackRecord(changes: Partial<DeploymentRecord> = {}): DeploymentRecord {
  const failed = {
    name: '/products',
    type: 'http',
    verdict: 'fail',
    sentence: 'GET /products: expected status 200, got status 500 in 20 of 20 responses',
    expected: 'status 200',
    observed: 'status 500 in 20 of 20 responses',
    samples: 20,
    evidence: [{ kind: 'statuses', counts: { '500': 20 } }],
  } as const;
  const record: DeploymentRecord = {
    outcome: 'rolled-back',
    error: 'DeploymentRolledBack',
    reason: `Rolled back: AfterAllowTestTraffic failed: ${failed.sentence}`,
    deploymentId: 'd-AAAAAAAA1',
    rollbackDeploymentId: 'd-BBBBBBBB2',
    release: release(),
    taskDefinitionArn: 'arn:aws:ecs:eu-central-1:123456789012:task-definition/shop:4',
    execution: execution(),
    actor: 'image-push',
    deployment: deployment({ status: 'Failed' }),
    target: deploymentTarget({ AfterAllowTestTraffic: 'Failed' }),
    hooks: [hookReport({ verdict: 'fail', sentence: failed.sentence, checks: [failed] })],
    rollback: {
      deployment: deployment({ deploymentId: 'd-BBBBBBBB2', status: 'Succeeded' }),
      checks: [],
    },
    recordedAt: '2026-09-01T10:05:00.000Z',
  };
  return Object.assign(record, changes);
}
