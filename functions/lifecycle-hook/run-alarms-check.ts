import { judgeAlarms } from '../core/checks/alarms-check.ts';
import type { CheckResult } from '../core/checks/check-result.ts';
import { letThrough } from '../core/checks/let-through.ts';
import type { CheckConfig } from '../core/config/schema.ts';
import type { JudgeDeps } from './hook-scene.ts';

/**
 * Judges the alarms that a list of checks names, plus further ones; nothing when there are none. Those of checks
 * that let through what cannot be judged form a result of their own.
 */
export async function runAlarmsCheck(
  checks: readonly CheckConfig[],
  further: readonly string[],
  deps: Pick<JudgeDeps, 'alarms'>,
): Promise<CheckResult[]> {
  const named = (allowed: boolean) =>
    checks.flatMap((check) =>
      check.type === 'alarms' && check.allowInconclusive === allowed ? check.names : [],
    );
  const strict = [...new Set([...named(false), ...further])];
  const lenient = [...new Set(named(true))].filter((name) => !strict.includes(name));
  const judge = async (names: readonly string[], allowInconclusive: boolean) =>
    names.length === 0
      ? []
      : [letThrough(judgeAlarms(names, await deps.alarms.states(names)), allowInconclusive)];
  return [...(await judge(strict, false)), ...(await judge(lenient, true))];
}
