import { type HookJudgement, judgementOf, withoutTestListener } from '../core/hooks/judgement.ts';
import { awaitPropagation } from './await-propagation.ts';
import { checkReplacementGroup } from './check-replacement-group.ts';
import type { HookScene, JudgeDeps } from './hook-scene.ts';
import { openVantage } from './open-vantage.ts';
import { runAlarmsCheck } from './run-alarms-check.ts';
import { runChecks } from './run-checks.ts';
import { settledListener } from './settled-listener.ts';

/**
 * AfterAllowTestTraffic, the place for probes: the test listener serves the replacement and production does
 * not yet (aws-facts 3.1). Probes are sent only when the listener really shows healthy replacement targets.
 */
export async function judgeAfterAllowTestTraffic(
  scene: HookScene,
  deps: JudgeDeps,
): Promise<HookJudgement> {
  const { group, service } = scene;
  if (group.testListenerArn === undefined) {
    return judgementOf([withoutTestListener(service.target.deploymentGroup)]);
  }
  const listener = await settledListener(group.testListenerArn, scene, deps);
  const shown = await checkReplacementGroup(scene, listener, 'test listener', deps);
  if (shown.some((check) => check.verdict !== 'pass')) {
    return judgementOf(shown);
  }
  const configured = service.checks.afterAllowTestTraffic;
  await awaitPropagation(deps);
  const vantage = await openVantage('AfterAllowTestTraffic', scene, listener, configured, deps);
  return judgementOf([
    ...shown,
    ...(await runChecks(configured, vantage, deps)),
    ...(await runAlarmsCheck(configured, [], deps)),
  ]);
}
