import { judgeAlarms } from '../core/checks/alarms-check.ts';
import type { CheckResult } from '../core/checks/check-result.ts';
import type { CheckConfig } from '../core/config/schema.ts';
import type { JudgeDeps } from './hook-scene.ts';

/** Judges the alarms that a list of checks names, plus further ones; nothing when there are none. */
export async function runAlarmsCheck(
  checks: readonly CheckConfig[],
  further: readonly string[],
  deps: Pick<JudgeDeps, 'alarms'>,
): Promise<CheckResult[]> {
  const configured = checks.flatMap((check) => (check.type === 'alarms' ? check.names : []));
  const names = [...new Set([...configured, ...further])];
  return names.length === 0 ? [] : [judgeAlarms(names, await deps.alarms.states(names))];
}
