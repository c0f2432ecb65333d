import { brokenCheck, type CheckResult } from '../../core/checks/check-result.ts';
import { maskResult } from '../../core/checks/mask-result.ts';
import type { CustomCheckConfig } from '../../core/config/schema.ts';
import type { CustomCheck, CustomCheckContext } from '../../core/custom/custom-check.ts';
import { type CustomCheckEnding, judgeCustomCheck } from '../../core/custom/judge-custom-check.ts';
import { maskDeep, maskOf } from '../../core/probe/mask.ts';
import type { JudgeDeps } from '../hook-scene.ts';
import type { Vantage } from '../vantage.ts';
import { startCheckTime } from './check-time.ts';
import { openCustomCheckContext } from './custom-check-context.ts';
import { readSecrets } from './read-secrets.ts';

export type CustomCheckDeps = Pick<
  JudgeDeps,
  'probe' | 'clock' | 'signal' | 'secrets' | 'customChecks' | 'log'
>;

/**
 * Runs a check of the user's own. It never rejects, and it ends with the check's time even when the check
 * does not; only a check that blocks the event loop holds it up.
 */
export async function runCustomCheck(
  check: CustomCheckConfig,
  vantage: Vantage,
  deps: CustomCheckDeps,
): Promise<CheckResult> {
  let secrets: Readonly<Record<string, string>>;
  let run: CustomCheck;
  try {
    [secrets, run] = await Promise.all([
      readSecrets(check.secrets, deps.secrets),
      deps.customChecks.load(check.file),
    ]);
  } catch (error) {
    return brokenCheck(
      check.name ?? check.file,
      'custom',
      error instanceof Error ? error.message : String(error),
    );
  }
  const mask = maskOf(
    Object.fromEntries(Object.entries(secrets).map(([name, value]) => [`secrets.${name}`, value])),
  );
  const log: CustomCheckContext['log'] = (message, fields = {}) =>
    deps.log.info('custom check says', {
      check: check.name ?? check.file,
      deploymentId: vantage.deploymentId,
      // The build checked the types, but not what a cast or JSON.parse makes of them.
      said: mask(String(message)),
      fields: maskDeep(fields, mask),
    });
  const time = startCheckTime(check.timeoutMs, deps.clock, deps.signal);
  try {
    const { context, answers } = openCustomCheckContext(
      check,
      secrets,
      vantage,
      { ...deps, signal: time.signal },
      log,
    );
    const over = time.over.then((how): CustomCheckEnding => ({ how }));
    const ending = await Promise.race([endingOf(run, context), over]);
    return maskResult(judgeCustomCheck(check, ending, answers, mask), mask);
  } finally {
    time.stop();
  }
}

async function endingOf(run: CustomCheck, context: CustomCheckContext): Promise<CustomCheckEnding> {
  try {
    return { how: 'returned', value: await run(context) };
  } catch (error) {
    return { how: 'threw', error };
  }
}
