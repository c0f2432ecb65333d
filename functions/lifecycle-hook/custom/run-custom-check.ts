import { brokenCheck, type CheckResult } from '../../core/checks/check-result.ts';
import type { CustomCheckConfig } from '../../core/config/schema.ts';
import type { JudgeDeps } from '../hook-scene.ts';
import type { Vantage } from '../vantage.ts';

/** Runs a check of the user's own. */
export async function runCustomCheck(
  check: CustomCheckConfig,
  _vantage: Vantage,
  _deps: Pick<JudgeDeps, 'probe' | 'clock' | 'signal'>,
): Promise<CheckResult> {
  return brokenCheck(check.name ?? check.file, 'custom', 'this version cannot run it yet');
}
