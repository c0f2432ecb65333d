import { brokenCheck, type CheckResult } from '../core/checks/check-result.ts';
import { judgeHttpCheck } from '../core/checks/http-check.ts';
import type { CheckConfig, HttpCheckConfig } from '../core/config/schema.ts';
import type { Listener } from '../core/ports/load-balancing.ts';
import { planProbe } from '../core/probe/probe-plan.ts';
import type { JudgeDeps } from './hook-scene.ts';
import { runProbe } from './run-probe.ts';

/** The HTTP checks of a list. */
export function httpChecks(checks: readonly CheckConfig[]): HttpCheckConfig[] {
  return checks.filter((check) => check.type === 'http');
}

/** Probes and judges HTTP checks through one listener, one check after the other. */
export async function runHttpChecks(
  checks: readonly HttpCheckConfig[],
  listener: Listener,
  deploymentId: string,
  deps: Pick<JudgeDeps, 'probe' | 'signal'>,
): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const check of checks) {
    results.push(await runHttpCheck(check, listener, deploymentId, deps));
  }
  return results;
}

/** A check that breaks (a pattern that does not compile, say) must not hide what the others found. */
async function runHttpCheck(
  check: HttpCheckConfig,
  listener: Listener,
  deploymentId: string,
  deps: Pick<JudgeDeps, 'probe' | 'signal'>,
): Promise<CheckResult> {
  try {
    const plan = planProbe(check, listener, deploymentId);
    return judgeHttpCheck(check, await runProbe(plan, deps.probe, deps.signal));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return brokenCheck(check.name ?? check.path, 'http', message);
  }
}
