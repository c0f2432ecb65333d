import type { ForwardingView } from '../core/services.ts';
import type { World } from '../core/world.ts';
import { failed } from './deployment-end.ts';
import type { DeploymentGroup } from './deployment-group.ts';
import type { DeploymentTarget } from './deployment-target.ts';
import type { ServiceRole } from './service-role.ts';

/** Both target groups of a deployment, by role. */
export interface Pair {
  readonly originalArn: string;
  readonly replacementArn: string;
}

/** The replacement takes the group of the pair that the PRIMARY task set does not use (aws-facts 4.3). */
export function targetGroupPair(
  world: World,
  group: DeploymentGroup,
  target: DeploymentTarget,
): Pair {
  const originalArn = target.original.targetGroupArn;
  const replacementArn = targetGroupArns(world, group).find((arn) => arn !== originalArn);
  if (replacementArn === undefined) {
    throw new Error(`No target group of ${group.name} is left for the replacement task set`);
  }
  return { originalArn, replacementArn };
}

/** Both groups of the pair; one that is gone, or has another name by now, ends the deployment. */
export function targetGroupArns(world: World, group: DeploymentGroup): string[] {
  return group.targetGroupNames.map((name) => {
    const arn = world.services.elbv2.targetGroupArn(name);
    if (arn !== undefined) return arn;
    throw failed(
      'ELASTIC_LOAD_BALANCING_INVALID',
      'The ELB could not be updated due to the following error: One or more target groups not found',
    );
  });
}

/**
 * Rewrites the listener's default action and every rule that forwards to the pair; rules of other
 * groups are left alone unless `rewritesForeignRules` says otherwise. The idle group stays attached at weight 0 (aws-facts 4.3).
 */
export function setProductionShare(
  world: World,
  role: ServiceRole,
  listenerArn: string,
  { originalArn, replacementArn }: Pair,
  replacementPercent: number,
): void {
  const { elbv2 } = world.services;
  for (const forwarding of elbv2.forwardings(listenerArn)) {
    if (!isRewritten(world, forwarding, { originalArn, replacementArn })) continue;
    role.requireForwardingChange(forwarding.arn);
    elbv2.setWeights(forwarding.arn, [
      { targetGroupArn: originalArn, weight: 100 - replacementPercent },
      { targetGroupArn: replacementArn, weight: replacementPercent },
    ]);
  }
}

/** Points the test listener, its default action and the rules of the pair, at one group. */
export function setTestTraffic(
  world: World,
  role: ServiceRole,
  listenerArn: string,
  pair: Pair,
  targetGroupArn: string,
): void {
  const { elbv2 } = world.services;
  for (const forwarding of elbv2.forwardings(listenerArn)) {
    if (!isRewritten(world, forwarding, pair)) continue;
    role.requireForwardingChange(forwarding.arn);
    elbv2.setWeights(forwarding.arn, [{ targetGroupArn, weight: 100 }]);
  }
}

function isRewritten(
  { settings }: World,
  { weights }: ForwardingView,
  { originalArn, replacementArn }: Pair,
): boolean {
  const isOwn = weights.some(({ targetGroupArn }) =>
    [originalArn, replacementArn].includes(targetGroupArn),
  );
  return isOwn || settings.rewritesForeignRules;
}
