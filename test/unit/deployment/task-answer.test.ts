import { describe, expect, it } from 'vitest';
import { maxCauseLength, taskAnswer } from '../../../functions/core/deployment/task-answer.ts';
import { rolledBackRecord } from '../../support/builders/deployment-records.ts';
import { hookReport } from '../../support/builders/hook-reports.ts';
import { digestOf } from '../../support/builders/releases.ts';

describe('taskAnswer', () => {
  it('for a deployed release is the output of the execution', () => {
    const { error: _, ...record } = { ...rolledBackRecord(), error: undefined };

    expect(taskAnswer({ ...record, outcome: 'deployed', reason: 'Deployed: all well' })).toEqual({
      kind: 'success',
      output: {
        outcome: 'deployed',
        reason: 'Deployed: all well',
        service: 'shop',
        tag: 'v2',
        digest: digestOf('2'),
        deploymentId: 'd-AAAAAAAA1',
      },
    });
  });

  it('for a rollback is the public error name with sentence, ids and evidence as cause', () => {
    const answer = taskAnswer(rolledBackRecord());

    if (answer.kind !== 'failure') throw new Error('expected a failure');
    expect(answer.error).toBe('DeploymentRolledBack');
    expect(JSON.parse(answer.cause)).toMatchObject({
      sentence: rolledBackRecord().reason,
      outcome: 'rolled-back',
      deploymentId: 'd-AAAAAAAA1',
      rollbackDeploymentId: 'd-BBBBBBBB2',
      evidence: [
        {
          name: '/products',
          verdict: 'fail',
          evidence: [{ kind: 'statuses', counts: { '500': 20 } }],
        },
      ],
    });
  });

  it.each([
    ['evidence', 200, 'x'],
    ['evidence and sentences', 200, 'x'.repeat(20_000)],
  ])(
    'with too much %s stays valid JSON within 32 KiB and keeps the reason',
    (_, count, sentence) => {
      const checks = Array.from({ length: count }, () => ({
        name: 'big',
        type: 'http',
        verdict: 'fail' as const,
        sentence,
        expected: '',
        observed: '',
        samples: 1,
        evidence: [{ kind: 'state' as const, subject: 'x', state: 'y'.repeat(1_000) }],
      }));

      const answer = taskAnswer(
        rolledBackRecord({ hooks: [hookReport({ verdict: 'fail', sentence: 's', checks })] }),
      );

      if (answer.kind !== 'failure') throw new Error('expected a failure');
      expect(answer.cause.length).toBeLessThanOrEqual(maxCauseLength);
      expect(JSON.parse(answer.cause)).toMatchObject({ sentence: rolledBackRecord().reason });
    },
  );
});
