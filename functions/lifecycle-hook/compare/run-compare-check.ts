import { brokenCheck, type CheckResult } from '../../core/checks/check-result.ts';
import type { CompareCheckConfig } from '../../core/config/schema.ts';
import type { JudgeDeps } from '../hook-scene.ts';
import type { Vantage } from '../vantage.ts';

/** Sends pairs of requests to replacement and original until the comparison is decided. */
export async function runCompareCheck(
  check: CompareCheckConfig,
  _vantage: Vantage,
  _deps: Pick<JudgeDeps, 'probe' | 'clock' | 'signal'>,
): Promise<CheckResult> {
  return brokenCheck(check.name ?? 'compare', 'compare', 'this version cannot compare yet');
}
