import { brokenCheck, type CheckResult } from '../core/checks/check-result.ts';
import { letThrough } from '../core/checks/let-through.ts';
import { maskResult } from '../core/checks/mask-result.ts';
import { needsHttps } from '../core/checks/needs-https.ts';
import type { CheckConfig } from '../core/config/schema.ts';
import { type CheckInputs, checkInputs } from './check-inputs.ts';
import { runCompareCheck } from './compare/run-compare-check.ts';
import { runCustomCheck } from './custom/run-custom-check.ts';
import type { JudgeDeps } from './hook-scene.ts';
import { openSecrets } from './open-secrets.ts';
import { runFlowCheck } from './run-flow-check.ts';
import { runGrpcHealthCheck } from './run-grpc-health-check.ts';
import { runHttpCheck } from './run-http-check.ts';
import { runWebSocketCheck } from './run-web-socket-check.ts';
import type { Vantage } from './vantage.ts';

/** What requests of checks go through; a rolling update carries them out too. */
export type CheckDeps = Pick<
  JudgeDeps,
  'probe' | 'webSocket' | 'grpcHealth' | 'secrets' | 'customChecks' | 'clock' | 'signal' | 'log'
>;

/**
 * Carries out checks that send requests, one after the other, each by the runner of its type. Secrets are read
 * first, and all that are missing become one finding; the checks that need none of them run all the same.
 * Alarms are read elsewhere.
 */
export async function runChecks(
  checks: readonly CheckConfig[],
  vantage: Vantage,
  deps: CheckDeps,
): Promise<CheckResult[]> {
  const opened = await openSecrets(checks, deps.secrets);
  const results: CheckResult[] = opened.missing === undefined ? [] : [opened.missing];
  for (const check of checks) {
    const values = opened.valuesFor(check);
    if (check.type === 'alarms' || values === undefined) continue;
    const inputs = checkInputs(values, vantage.deploymentId);
    const result = await runSafely(check, vantage, inputs, { ...deps, secrets: opened.secrets });
    // Runners mask what they quote before they cut it; this is for whatever they did not think of.
    results.push(maskResult(letThrough(result, check.allowInconclusive), inputs.longMask));
  }
  return results;
}

/** A check that breaks must not hide what the others found. */
async function runSafely(
  check: Exclude<CheckConfig, { readonly type: 'alarms' }>,
  vantage: Vantage,
  inputs: CheckInputs,
  deps: CheckDeps,
): Promise<CheckResult> {
  try {
    return await runCheck(check, vantage, inputs, deps);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return brokenCheck(check.name ?? nameOf(check), check.type, message);
  }
}

async function runCheck(
  check: Exclude<CheckConfig, { readonly type: 'alarms' }>,
  vantage: Vantage,
  inputs: CheckInputs,
  deps: CheckDeps,
): Promise<CheckResult> {
  const withoutTls = needsHttps(check, vantage.listener);
  if (withoutTls !== undefined) return withoutTls;
  switch (check.type) {
    case 'http':
      return runHttpCheck(check, vantage, inputs, deps);
    case 'flow':
      return runFlowCheck(check, vantage, inputs, deps);
    case 'websocket':
      return runWebSocketCheck(check, vantage, inputs, deps);
    case 'grpc-health':
      return runGrpcHealthCheck(check, vantage, inputs, deps);
    case 'compare':
      return runCompareCheck(check, vantage, inputs, deps);
    case 'custom':
      return runCustomCheck(check, vantage, deps);
  }
}

function nameOf(check: Exclude<CheckConfig, { readonly type: 'alarms' }>): string {
  if ('path' in check) return check.path;
  return check.type === 'custom' ? check.file : check.type;
}
