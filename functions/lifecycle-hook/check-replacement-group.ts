import type { CheckResult } from '../core/checks/check-result.ts';
import { judgeListener } from '../core/checks/listener-check.ts';
import { judgeTargetHealth, targetHealthIsSettling } from '../core/checks/target-health-check.ts';
import { settle } from '../core/deployment/settle.ts';
import { inconclusiveCheck } from '../core/hooks/judgement.ts';
import type { Listener } from '../core/ports/load-balancing.ts';
import type { HookScene, JudgeDeps } from './hook-scene.ts';

/**
 * Longest wait for first health checks. With all-at-once the group is attached to a rule, and its targets
 * are checked, only when test traffic begins (aws-facts 4.3); the slowest allowed check takes 300 s.
 */
const healthLimitMs = 310_000;
const healthIntervalMs = 1_000;

/**
 * Whether `listener` really shows the replacement: its targets are healthy and the listener forwards to
 * them alone. Probes before that would judge something else.
 */
export async function checkReplacementGroup(
  scene: HookScene,
  listener: Listener,
  name: 'test listener' | 'production listener',
  deps: JudgeDeps,
): Promise<CheckResult[]> {
  const { roles, pair } = scene;
  if (roles === undefined) {
    return [unknownRoles(scene)];
  }
  const expectedCount = scene.replacement?.computedDesiredCount ?? 1;
  const targets = await settle(
    () => deps.loadBalancing.targetHealth(roles.replacement.arn),
    (current) => targetHealthIsSettling(current, expectedCount),
    {
      intervalMs: healthIntervalMs,
      limitMs: healthLimitMs,
      clock: deps.clock,
      signal: deps.signal,
    },
  );
  return [
    judgeTargetHealth('target health', roles.replacement, targets, expectedCount),
    judgeListener(listener, { name, group: roles.replacement, pair }),
  ];
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
