import type { PreflightCheck } from '../preflight-check.ts';
import { rollingBounds, rollingTarget } from './rolling-bounds.ts';
import type { TrafficCheckFacts } from './traffic-facts.ts';

export const rolloutRoom: PreflightCheck<TrafficCheckFacts> = {
  id: 'rollout-room',
  title: 'The percentages of a rolling update let a task start or stop',
  remedy: 'Raise maximumPercent, or lower minimumHealthyPercent',

  async judge(facts) {
    const target = rollingTarget(facts.subject);
    const service = await facts.existingService();
    const { desiredCount } = service;
    if (desiredCount === 0) {
      return { status: 'SKIP', reason: 'The service wants no tasks, so none has to make room' };
    }
    const bounds = rollingBounds(target, service);
    const { minimum, maximum, minimumHealthyPercent, maximumPercent } = bounds;
    const observed = `of ${desiredCount} tasks ${minimum} stay healthy (${minimumHealthyPercent} %) and ${maximum} may run (${maximumPercent} %)`;
    if (maximum > desiredCount || minimum < desiredCount) return { status: 'OK', observed };
    return {
      status: 'NG',
      // ECS would wait for room for ever, and the circuit breaker counts tasks that fail, not tasks that never start.
      expected: `room for a task of the release: fewer than ${desiredCount} that must stay, or more that may run`,
      observed,
      remedy: `Set target.maximumPercent to ${percentForOneMore(desiredCount)} or more, or target.minimumHealthyPercent to ${percentForOneFewer(desiredCount)} or less`,
    };
  },
};

/** The least whole percentage whose share, rounded down, is one task more. */
function percentForOneMore(desiredCount: number): number {
  return Math.ceil(((desiredCount + 1) * 100) / desiredCount);
}

/** The greatest whole percentage whose share, rounded up, is one task fewer. */
function percentForOneFewer(desiredCount: number): number {
  return Math.floor(((desiredCount - 1) * 100) / desiredCount);
}
