import { judgeListener } from '../core/checks/listener-check.ts';
import {
  type HookJudgement,
  judgementOf,
  judgementOfOriginal,
  withoutTestListener,
} from '../core/hooks/judgement.ts';
import { unknownRoles } from './check-replacement-group.ts';
import type { HookScene, JudgeDeps } from './hook-scene.ts';
import { httpChecks, runHttpChecks } from './run-http-checks.ts';

/**
 * BeforeInstall: can the checks judge at all? The test listener must still serve the original, and the
 * original must pass the very checks that the replacement will have to pass. Nothing has changed yet, so
 * stopping here costs nothing (aws-facts 3.1).
 */
export async function judgeBeforeInstall(
  scene: HookScene,
  deps: JudgeDeps,
): Promise<HookJudgement> {
  const { group, roles, service, deploymentId } = scene;
  if (group.testListenerArn === undefined) {
    return judgementOf([withoutTestListener(service.target.deploymentGroup)]);
  }
  const listener = await deps.loadBalancing.listener(group.testListenerArn);
  const serving =
    roles === undefined
      ? [unknownRoles(scene)]
      : [
          judgeListener(listener, {
            name: 'test listener',
            group: roles.original,
            pair: scene.pair,
          }),
        ];
  const checks = httpChecks(service.checks.afterAllowTestTraffic);
  const answers = await runHttpChecks(checks, listener, deploymentId, deps);
  return judgementOfOriginal([...serving, ...answers]);
}
