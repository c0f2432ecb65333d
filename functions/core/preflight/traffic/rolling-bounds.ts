import type { RollingTarget, TargetConfig } from '../../config/schema.ts';
import { isRollingTarget } from '../../config/strategy-of.ts';
import type { EcsService } from '../../ports/ecs-services.ts';
import type { PreflightSubject } from '../preflight-subject.ts';
import { SkipCheck } from '../skip-check.ts';

/** How many tasks a rolling update may leave and have, in tasks. */
export interface RollingBounds {
  /** So many stay healthy. */
  readonly minimum: number;
  /** So many may run. */
  readonly maximum: number;
  /** As percentages of the desired count, as the rollout will have them. */
  readonly minimumHealthyPercent: number;
  readonly maximumPercent: number;
}

/** The target as one that ECS rolls out; SkipCheck for a service that is deployed otherwise. */
export function rollingTarget({ service: { target } }: PreflightSubject): RollingTarget {
  if (isRollingTarget(target)) return target;
  throw new SkipCheck(`target.strategy is ${target.strategy}, which is no rolling update`);
}

/** ECS rounds the minimum up and the maximum down (aws-facts 2.6, ECS developer guide, rolling updates). */
export function rollingBounds(
  target: RollingTarget,
  { desiredCount, rolling }: Pick<EcsService, 'desiredCount' | 'rolling'>,
): RollingBounds {
  const minimumHealthyPercent =
    target.minimumHealthyPercent ?? rolling?.minimumHealthyPercent ?? 100;
  const maximumPercent = target.maximumPercent ?? rolling?.maximumPercent ?? 200;
  return {
    minimum: Math.ceil((desiredCount * minimumHealthyPercent) / 100),
    maximum: Math.floor((desiredCount * maximumPercent) / 100),
    minimumHealthyPercent,
    maximumPercent,
  };
}

/**
 * How many tasks must find room beside those that run, or the release never gets going: under CodeDeploy the whole
 * replacement, in a rolling update one, and none where old tasks may stop first.
 */
export function tasksBeside(target: TargetConfig, service: EcsService): number {
  if (!isRollingTarget(target)) return service.desiredCount;
  return rollingBounds(target, service).minimum < service.desiredCount ? 0 : 1;
}
