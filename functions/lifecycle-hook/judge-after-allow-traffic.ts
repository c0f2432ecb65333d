import { type HookJudgement, inconclusiveCheck, judgementOf } from '../core/hooks/judgement.ts';
import { probeChecks, shortenCheck } from '../core/probe/shorten-check.ts';
import { awaitPropagation } from './await-propagation.ts';
import { checkReplacementGroupAgain } from './check-replacement-group.ts';
import type { HookScene, JudgeDeps } from './hook-scene.ts';
import { openVantage } from './open-vantage.ts';
import { runAlarmsCheck } from './run-alarms-check.ts';
import { runChecks } from './run-checks.ts';
import { settledListener } from './settled-listener.ts';

/**
 * AfterAllowTraffic: production is on the replacement and answers from it. The original still runs, so this
 * is the last moment at which going back takes seconds (aws-facts 3.8).
 */
export async function judgeAfterAllowTraffic(
  scene: HookScene,
  deps: JudgeDeps,
): Promise<HookJudgement> {
  const { group, service } = scene;
  if (group.productionListenerArn === undefined) {
    const expected = `a production listener in deployment group ${service.target.deploymentGroup}`;
    return judgementOf([inconclusiveCheck('production listener', 'listener', expected, 'none')]);
  }
  const { afterAllowTestTraffic, afterAllowTraffic } = service.checks;
  const listener = await settledListener(group.productionListenerArn, scene, deps);
  const checks = [...probeChecks(afterAllowTestTraffic).map(shortenCheck), ...afterAllowTraffic];
  const shown = await checkReplacementGroupAgain(scene, listener, 'production listener', deps);
  await awaitPropagation(deps);
  const vantage = await openVantage('AfterAllowTraffic', scene, listener, checks, deps);
  return judgementOf([
    ...shown,
    ...(await runChecks(checks, vantage, deps)),
    ...(await runAlarmsCheck(afterAllowTraffic, [], deps)),
  ]);
}
