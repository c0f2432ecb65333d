import { describe, expect, it } from 'vitest';
import { duration, elapsed, narrate, narrateHook } from '../../cli/rehearsal/narrator.ts';
import { createPainter } from '../../cli/terminal/painter.ts';
import type { JournalEntry } from '../../simulator/core/journal.ts';

const context = {
  paint: createPainter(false),
  sinceMs: 1_000,
  listenerRole: (arn: string) => (arn === 'prod-arn' ? 'production' : undefined),
};

function told(entry: Partial<JournalEntry>): string | undefined {
  return narrate({ seq: 0, atMs: 66_000, ...entry } as JournalEntry, context);
}

describe('narrate', () => {
  it.each<[Partial<JournalEntry>, string]>([
    [
      { kind: 'execution.state-entered', executionArn: 'x', state: 'RunDeployment', type: 'Task' },
      '  01:05  workflow   RunDeployment',
    ],
    [
      {
        kind: 'execution.ended',
        executionArn: 'x',
        status: 'FAILED',
        error: 'DeploymentRolledBack',
      },
      '  01:05  workflow   FAILED DeploymentRolledBack',
    ],
    [
      {
        kind: 'deployment.created',
        deploymentId: 'd-B',
        application: 'shop',
        deploymentGroup: 'shop',
        creator: 'codeDeployRollback',
      },
      '  01:05  deployment d-B rolls back',
    ],
    [
      {
        kind: 'deployment.status',
        deploymentId: 'd-A',
        status: 'Failed',
        errorCode: 'HOOK_EXECUTION_FAILURE',
      },
      '  01:05  deployment d-A Failed (HOOK_EXECUTION_FAILURE)',
    ],
    [
      {
        kind: 'listener.weights',
        listenerArn: 'prod-arn',
        port: 80,
        weights: [
          { targetGroupName: 'blue', weight: 90 },
          { targetGroupName: 'green', weight: 10 },
        ],
      },
      '  01:05  traffic    production listener: blue 90 %, green 10 %',
    ],
    [
      {
        kind: 'listener.weights',
        listenerArn: 'prod-arn',
        port: 80,
        weights: [{ targetGroupName: 'blue', weight: 1 }],
      },
      '  01:05  traffic    production listener: blue 100 %',
    ],
    [
      { kind: 'clock.jumped', byMs: 300_000 },
      '  01:05  clock      nothing in flight: skipped 5 min',
    ],
  ])('tells %o', (entry, line) => {
    expect(told(entry)).toBe(line);
  });

  it.each<Partial<JournalEntry>>([
    { kind: 'clock.jumped', byMs: 5_000 },
    {
      kind: 'lifecycle.ended',
      deploymentId: 'd-A',
      lifecycleEvent: 'Install',
      status: 'Succeeded',
    },
    { kind: 'listener.weights', listenerArn: 'other', port: 1, weights: [] },
    { kind: 'object.put', bucket: 'b', key: 'k' },
    { kind: 'deployment.status', deploymentId: 'd-A', status: 'Created' },
  ])('keeps quiet about %o', (entry) => {
    expect(told(entry)).toBeUndefined();
  });
});

describe('narrateHook', () => {
  it('shows the verdict and each check with its sentence', () => {
    const lines = narrateHook(
      {
        lifecycleEvent: 'AfterAllowTestTraffic',
        verdict: 'fail',
        sentence: 'unused here',
        checks: [
          { name: 'target health', verdict: 'pass', sentence: 'long', observed: '2 healthy of 2' },
          {
            name: '/products',
            verdict: 'fail',
            sentence: 'GET /products: expected status 200, got 500',
            observed: '500',
          },
        ],
      },
      context.paint,
    );
    expect(lines).toEqual([
      '         hook       AfterAllowTestTraffic: fail',
      '                    + target health: 2 healthy of 2',
      '                    ! GET /products: expected status 200, got 500',
    ]);
  });

  it('shows the sentence of a hook that could check nothing', () => {
    const lines = narrateHook(
      {
        lifecycleEvent: 'BeforeInstall',
        verdict: 'error',
        sentence: 'no such deployment',
        checks: [],
      },
      context.paint,
    );
    expect(lines[1]).toBe('                    no such deployment');
  });
});

describe('times', () => {
  it.each([
    [-5, '00:00'],
    [59_999, '00:59'],
    [60_000, '01:00'],
    [3_600_000, '1:00:00'],
  ])('elapsed(%i) is %s', (ms, text) => {
    expect(elapsed(ms)).toBe(text);
  });

  it.each([
    [89_400, '89 s'],
    [90_000, '2 min'],
    [5_340_000, '89 min'],
    [7_800_000, '2 h 10 min'],
  ])('duration(%i) is %s', (ms, text) => {
    expect(duration(ms)).toBe(text);
  });
});
