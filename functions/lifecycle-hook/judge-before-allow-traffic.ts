import { type HookJudgement, judgementOf, withoutTestListener } from '../core/hooks/judgement.ts';
import { probeChecks, shortenCheck } from '../core/probe/shorten-check.ts';
import { checkReplacementGroupAgain } from './check-replacement-group.ts';
import type { HookScene, JudgeDeps } from './hook-scene.ts';
import { openVantage } from './open-vantage.ts';
import { runAlarmsCheck } from './run-alarms-check.ts';
import { runChecks } from './run-checks.ts';
import { settledListener } from './settled-listener.ts';

/**
 * BeforeAllowTraffic, the last look before production: a short repeat, since a Ready wait of hours may lie
 * between, what is configured for this event, and alarms quiet, because one that already rings would stop
 * the deployment in the middle of the shift (aws-facts 3.9).
 */
export async function judgeBeforeAllowTraffic(
  scene: HookScene,
  deps: JudgeDeps,
): Promise<HookJudgement> {
  const { group, service } = scene;
  if (group.testListenerArn === undefined) {
    return judgementOf([withoutTestListener(service.target.deploymentGroup)]);
  }
  const { afterAllowTestTraffic, beforeAllowTraffic } = service.checks;
  const listener = await settledListener(group.testListenerArn, scene, deps);
  const checks = [...probeChecks(afterAllowTestTraffic).map(shortenCheck), ...beforeAllowTraffic];
  const vantage = await openVantage('BeforeAllowTraffic', scene, listener, checks, deps);
  return judgementOf([
    ...(await runAlarmsCheck(
      [...afterAllowTestTraffic, ...beforeAllowTraffic],
      group.alarmNames,
      deps,
    )),
    ...(await checkReplacementGroupAgain(scene, listener, 'test listener', deps)),
    ...(await runChecks(checks, vantage, deps)),
  ]);
}
