import type { RegisteredTarget } from './registered-target.ts';
import type { TargetGroup } from './state.ts';

/**
 * Healthy targets; all that are usable when fewer are healthy than the group asks for (fail-open, aws-facts 4.2),
 * those whose health is not known yet among them if the setting says so.
 */
export function targetsForRequests(
  { attributes }: TargetGroup,
  usable: readonly RegisteredTarget[],
  failOpenToInitial: boolean,
): readonly RegisteredTarget[] {
  const healthy = usable.filter(({ health }) => health.state === 'healthy');
  const prefix = 'target_group_health.unhealthy_state_routing.minimum_healthy_targets';
  const count = Number(attributes.get(`${prefix}.count`) ?? 1);
  const percentage = attributes.get(`${prefix}.percentage`) ?? 'off';
  const percent = percentage === 'off' ? 0 : Number(percentage);
  const enough = healthy.length >= count && healthy.length * 100 >= percent * usable.length;
  if (enough) return healthy;
  return failOpenToInitial ? usable : usable.filter(({ health }) => health.state !== 'initial');
}
