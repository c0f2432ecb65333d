import type { HookReport } from '../../../functions/core/hooks/hook-report.ts';

/** A report of AfterAllowTestTraffic that passed. */
export function hookReport(changes: Partial<HookReport> = {}): HookReport {
  return {
    deploymentId: 'd-AAAAAAAA1',
    lifecycleEvent: 'AfterAllowTestTraffic',
    hookExecutionId: 'hook-execution-1',
    service: 'shop',
    verdict: 'pass',
    sentence: 'All 1 checks passed on 20 samples',
    checks: [],
    startedAt: '2026-09-01T10:02:00.000Z',
    endedAt: '2026-09-01T10:02:05.000Z',
    ...changes,
  };
}
