import type { CheckResult } from '../core/checks/check-result.ts';
import { judgeListener } from '../core/checks/listener-check.ts';
import { judgeSteadyTargets } from '../core/checks/steady-targets-check.ts';
import { judgeTargetHealth, targetHealthIsSettling } from '../core/checks/target-health-check.ts';
import { settle } from '../core/deployment/settle.ts';
import { TransientAwsError } from '../core/errors.ts';
import { inconclusiveCheck } from '../core/hooks/judgement.ts';
import type { Listener, TargetGroup } from '../core/ports/load-balancing.ts';
import type { HookScene, JudgeDeps } from './hook-scene.ts';

/**
 * Longest wait for first health checks. With all-at-once the group is attached to a rule, and its targets
 * are checked, only when test traffic begins (aws-facts 4.3); the slowest allowed check takes 300 s.
 */
const healthLimitMs = 310_000;
const healthIntervalMs = 1_000;

const checkName = 'target health';

/**
 * Whether `listener` really shows the replacement: its targets are healthy and the listener forwards to
 * them alone. Probes before that would judge something else.
 */
export async function checkReplacementGroup(
  scene: HookScene,
  listener: Listener,
  name: 'test listener' | 'production listener',
  deps: JudgeDeps,
  judgeHealth = askHealth,
): Promise<CheckResult[]> {
  const { roles, pair } = scene;
  if (roles === undefined) {
    return [unknownRoles(scene)];
  }
  return [
    await judgeHealth(roles.replacement, scene, deps),
    judgeListener(listener, { name, group: roles.replacement, pair }),
  ];
}

/**
 * The same for an event after the first that asked: where Elastic Load Balancing throttles, its health is what ECS says of the task set,
 * and the quota is left to those who have nothing else to go by (docs/reference/storm.md).
 */
export function checkReplacementGroupAgain(
  scene: HookScene,
  listener: Listener,
  name: 'test listener' | 'production listener',
  deps: JudgeDeps,
): Promise<CheckResult[]> {
  const judgeHealth: typeof askHealth = async (...given) =>
    (await spareHealth(...given)) ?? (await askHealth(...given));
  return checkReplacementGroup(scene, listener, name, deps, judgeHealth);
}

async function askHealth(
  group: TargetGroup,
  { replacement }: HookScene,
  { loadBalancing, clock, signal }: JudgeDeps,
): Promise<CheckResult> {
  const expectedCount = replacement?.computedDesiredCount ?? 1;
  const targets = await settle(
    () => loadBalancing.targetHealth(group.arn),
    (current) => targetHealthIsSettling(current, expectedCount),
    { intervalMs: healthIntervalMs, limitMs: healthLimitMs, clock, signal },
  );
  return judgeTargetHealth(checkName, group, targets, expectedCount);
}

/** Undefined where it is still settling, or nobody tells. */
async function spareHealth(
  group: TargetGroup,
  { replacement }: HookScene,
  { spareBalancing }: JudgeDeps,
): Promise<CheckResult | undefined> {
  const expectedCount = replacement?.computedDesiredCount ?? 1;
  try {
    const targets = await spareBalancing.targetHealth(group.arn);
    return targetHealthIsSettling(targets, expectedCount)
      ? undefined
      : judgeTargetHealth(checkName, group, targets, expectedCount);
  } catch (error) {
    if (!(error instanceof TransientAwsError)) throw error;
    return judgeSteadyTargets(checkName, replacement);
  }
}

/** Neither the task sets nor the deployment tell which target group is whose. */
export function unknownRoles({ group, deploymentId }: HookScene): CheckResult {
  return inconclusiveCheck(
    'target groups',
    'listener',
    `the task sets to be behind the two target groups of the deployment group, ${group.targetGroupNames.join(' and ')}`,
    `no sign of which group is whose in deployment ${deploymentId}`,
  );
}
