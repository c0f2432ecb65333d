import { brokenCheck, type CheckResult } from '../core/checks/check-result.ts';
import type { CheckConfig } from '../core/config/schema.ts';
import { runCompareCheck } from './compare/run-compare-check.ts';
import { runCustomCheck } from './custom/run-custom-check.ts';
import type { JudgeDeps } from './hook-scene.ts';
import { runHttpChecks } from './run-http-checks.ts';
import type { Vantage } from './vantage.ts';

/** Carries out checks that send requests, one after the other, each by the runner of its type. */
export async function runChecks(
  checks: readonly CheckConfig[],
  vantage: Vantage,
  deps: JudgeDeps,
): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const check of checks) results.push(...(await runCheck(check, vantage, deps)));
  return results;
}

async function runCheck(
  check: CheckConfig,
  vantage: Vantage,
  deps: JudgeDeps,
): Promise<CheckResult[]> {
  switch (check.type) {
    case 'http':
      return runHttpChecks([check], vantage.listener, vantage.deploymentId, deps);
    case 'compare':
      return [await runCompareCheck(check, vantage, deps)];
    case 'custom':
      return [await runCustomCheck(check, vantage, deps)];
    case 'flow':
    case 'websocket':
    case 'grpc-health':
      return [brokenCheck(check.name ?? check.type, check.type, 'this version cannot run it yet')];
    case 'alarms':
      return [];
  }
}
