import type { CheckResult } from '../core/checks/check-result.ts';
import { judgeListener } from '../core/checks/listener-check.ts';
import { judgeSoleTaskSet } from '../core/checks/sole-task-set-check.ts';
import { parseDeploymentDescription } from '../core/deployment/identity.ts';
import { settle } from '../core/deployment/settle.ts';
import {
  type HookJudgement,
  judgementDespiteOriginal,
  judgementOf,
  judgementOfOriginal,
  withoutTestListener,
} from '../core/hooks/judgement.ts';
import { probeChecks } from '../core/probe/shorten-check.ts';
import { isNamedByPush } from '../core/workflow/execution-name.ts';
import { unknownRoles } from './check-replacement-group.ts';
import type { HookScene, JudgeDeps } from './hook-scene.ts';
import { openVantage } from './open-vantage.ts';
import { runChecks } from './run-checks.ts';

/** The task set of a deployment that was rolled back a moment ago may still be on its way out. */
const leavingLimitMs = 30_000;
const leavingIntervalMs = 1_000;

/**
 * BeforeInstall: can the checks judge at all? The replacement's group must be free of other tasks, the test
 * listener must still serve the original, and the original must pass the very checks that the replacement will
 * have to pass, unless a person wants this release. Nothing has changed yet, so stopping here costs nothing
 * (aws-facts 3.1).
 */
export async function judgeBeforeInstall(
  scene: HookScene,
  deps: JudgeDeps,
): Promise<HookJudgement> {
  const { group, roles, service } = scene;
  if (group.testListenerArn === undefined) {
    return judgementOf([withoutTestListener(service.target.deploymentGroup)]);
  }
  const others = await checkOtherTaskSets(scene, deps);
  if (others !== undefined && others.verdict !== 'pass') {
    return judgementOf([others]);
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
  const checks = probeChecks(service.checks.afterAllowTestTraffic);
  const vantage = await openVantage('BeforeInstall', scene, listener, checks, deps);
  const answers = await runChecks(checks, vantage, deps);
  return isPersonsWord(scene.deployment)
    ? judgementDespiteOriginal(serving, answers)
    : judgementOfOriginal(serving, answers);
}

/** A redrive, and whatever else did not begin with a push, was started by somebody who looked (ADR 16). */
function isPersonsWord({ description }: HookScene['deployment']): boolean {
  const identity = parseDeploymentDescription(description);
  if (identity === undefined) return false;
  return identity.redriveCount > 0 || !isNamedByPush(identity.executionName);
}

async function checkOtherTaskSets(
  { roles, service: { target }, deploymentId, ecsService }: HookScene,
  { services, clock, signal }: JudgeDeps,
): Promise<CheckResult | undefined> {
  if (roles === undefined) {
    return undefined;
  }
  return settle(
    async () => {
      const current = await services.describeService(target.cluster, target.service);
      const { taskSets } = current ?? ecsService;
      return judgeSoleTaskSet(
        roles.replacement,
        taskSets,
        ({ externalId }) => externalId === deploymentId,
      );
    },
    ({ verdict }) => verdict !== 'pass',
    { intervalMs: leavingIntervalMs, limitMs: leavingLimitMs, clock, signal },
  );
}
