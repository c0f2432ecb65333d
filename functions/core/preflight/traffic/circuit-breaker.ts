import type { PreflightCheck } from '../preflight-check.ts';
import { rollingTarget } from './rolling-bounds.ts';
import type { TrafficCheckFacts } from './traffic-facts.ts';

export const circuitBreaker: PreflightCheck<TrafficCheckFacts> = {
  id: 'circuit-breaker',
  title: 'ECS gives up a rolling update whose tasks fail, and rolls it back',
  remedy: 'Leave target.circuitBreaker at true',

  async judge(facts) {
    const target = rollingTarget(facts.subject);
    const { rolling } = await facts.existingService();
    const { enable = false, rollback = false } = rolling?.circuitBreaker ?? {};
    const now = !enable ? 'off' : rollback ? 'on, with rollback' : 'on, without rollback';
    if (target.circuitBreaker) {
      const change = enable && rollback ? '' : '; the rollout turns it on, with rollback';
      return { status: 'OK', observed: `circuit breaker ${now}${change}` };
    }
    return {
      status: 'NG',
      expected: 'a circuit breaker with rollback, so that ECS goes back although nobody watches',
      observed: `target.circuitBreaker is false, and the service has it ${now}`,
      remedy: 'Set target.circuitBreaker to true, or leave it out',
    };
  },
};
