import { describe, expect, it } from 'vitest';
import { caughtBy, caughtInRollout } from '../../benchmarks/corpus/caught-by.ts';
import { preflightRecordOf, refusedBy } from '../../benchmarks/corpus/refused-by.ts';
import type { CheckedFinding } from '../../functions/core/preflight/finding.ts';
import { Journal } from '../../simulator/core/journal.ts';

const executionArn = 'arn:aws:states:us-east-1:123456789012:execution:greengate-deploy:shop-1';

function finding(check: string, status: 'OK' | 'NG', warnOnly = false): CheckedFinding {
  const common = { check, title: check, warnOnly, observed: 'seen' };
  return status === 'OK'
    ? { ...common, status }
    : { ...common, status, expected: 'another', remedy: 'Mend it' };
}

function journalOf(states: readonly string[]): Journal {
  const journal = new Journal(() => 0);
  journal.record('execution.started', { executionArn, name: 'shop-1', input: { eventId: 'e-7' } });
  for (const state of states) {
    journal.record('execution.state-entered', { executionArn, state, type: 'Task' });
  }
  return journal;
}

const refused = { outcome: 'refused', evidence: [], deploymentId: null } as const;

describe('refusedBy', () => {
  it.each([
    [
      'the checks that refuse, and neither good ones nor warnings',
      {
        passed: false,
        findings: [
          finding('image-exists', 'OK'),
          finding('image-platform', 'NG'),
          finding('auto-scaling', 'NG', true),
          finding('secrets-exist', 'NG'),
        ],
      },
      ['image-platform', 'secrets-exist'],
    ],
    [
      'the warnings, where they alone left nothing to deploy',
      { passed: false, findings: [finding('image-platform', 'NG', true)] },
      ['image-platform'],
    ],
    [
      'nothing of a release that went on',
      { passed: true, findings: [finding('image-platform', 'NG', true)] },
      undefined,
    ],
    ['nothing where preflight was never reached', undefined, undefined],
  ])('names %s', (_, record, checks) => {
    expect(refusedBy(record)).toEqual(checks);
  });
});

describe('preflightRecordOf', () => {
  it('reads the record of the push behind the execution', () => {
    const journal = journalOf([]);
    const keys: string[] = [];
    const record = preflightRecordOf(executionArn, 'shop', journal, (key) => {
      keys.push(key);
      return { passed: false };
    });
    expect(record).toEqual({ passed: false });
    expect(keys).toEqual(['pushes/e-7/preflight/shop.json']);
    expect(preflightRecordOf('another', 'shop', journal, () => record)).toBeUndefined();
  });
});

describe('caughtBy', () => {
  it('names the preflight checks that refused a release', () => {
    const record = {
      passed: false,
      findings: [finding('image-platform', 'NG'), finding('secrets-exist', 'NG')],
    };
    expect(caughtBy(refused, journalOf(['ResolveRelease', 'Preflight']), 0, record)).toBe(
      'preflight: image-platform, secrets-exist',
    );
  });

  it('names the state that ended it where no check refused', () => {
    const journal = journalOf(['ResolveRelease', 'RegisterTaskDefinition']);
    expect(caughtBy({ ...refused, outcome: 'failed' }, journal, 0, { passed: true })).toBe(
      'RegisterTaskDefinition',
    );
  });

  it('names the check of the hook before anything that CodeDeploy says', () => {
    const evidence = [
      {
        lifecycleEvent: 'AfterAllowTestTraffic',
        check: 'orders',
        verdict: 'fail',
        sentence: '',
        expected: '',
        observed: '',
        samples: 20,
      },
    ];
    const attempt = { outcome: 'rolled-back', evidence, deploymentId: 'd-1' } as const;
    expect(caughtBy(attempt, journalOf([]), 0)).toBe('AfterAllowTestTraffic: orders');
    expect(caughtBy({ ...attempt, outcome: 'deployed' }, journalOf([]), 0)).toBe('none');
  });
});

describe('caughtInRollout', () => {
  const rolledBack = { outcome: 'rolled-back', deploymentId: 'ROLLOUT1' } as const;
  const against = {
    ...{ lifecycleEvent: 'rollout-during', check: 'products', verdict: 'fail' },
    ...{ sentence: 's', expected: 'e', observed: 'o', samples: 10 },
  };

  it('names the phase and its check', () => {
    expect(caughtInRollout({ ...rolledBack, evidence: [against] }, journalOf(['RollOut']), 0)).toBe(
      'rollout-during: products',
    );
  });

  it('names tasks where no check spoke against the release', () => {
    expect(caughtInRollout({ ...rolledBack, evidence: [] }, journalOf(['RollOut']), 0)).toBe(
      'tasks that could not run',
    );
  });
});
