import type { RegisteredTarget } from './registered-target.ts';
import type { TargetGroup } from './state.ts';

/** Share of requests that targets get at an instant: 1, or less in slow start, which begins with `leastShare`. */
export function shareInSlowStart(
  group: TargetGroup,
  nowMs: number,
  leastShare: number,
): (target: RegisteredTarget) => number {
  const slowMs = durationMs(group);
  return ({ slowSinceMs }) =>
    slowSinceMs === undefined || slowMs === 0
      ? 1
      : Math.min(1, Math.max(leastShare, (nowMs - slowSinceMs) / slowMs));
}

/** When a target that has just become healthy begins slow start: now, if another has its full share already (ALB guide). */
export function slowStartOf(
  group: TargetGroup,
  others: readonly RegisteredTarget[],
  nowMs: number,
): number | undefined {
  const slowMs = durationMs(group);
  if (slowMs === 0) return undefined;
  const settled = others.some(
    ({ phase, health, slowSinceMs }) =>
      phase === 'registered' &&
      health.state === 'healthy' &&
      (slowSinceMs === undefined || nowMs - slowSinceMs >= slowMs),
  );
  return settled ? nowMs : undefined;
}

function durationMs({ attributes }: TargetGroup): number {
  return Number(attributes.get('slow_start.duration_seconds') ?? 0) * 1_000;
}
