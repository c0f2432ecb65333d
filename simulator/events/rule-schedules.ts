import type { World } from '../core/world.ts';
import type { Rule } from './rule.ts';
import { readSchedule } from './schedule-expression.ts';

/**
 * Rings rules with schedules. Their timers are `recurring`: a rehearsal in which only they are pending
 * stands still instead of skipping for ever, but whatever else makes time jump stops at each of them.
 */
export class RuleSchedules {
  readonly #world: World;
  readonly #ring: (rule: Rule) => void;
  readonly #cancels = new Map<Rule, () => void>();

  constructor(world: World, ring: (rule: Rule) => void) {
    this.#world = world;
    this.#ring = ring;
  }

  /** After every change of a rule; a rate begins anew with it. */
  arm(rule: Rule): void {
    this.disarm(rule);
    const { scheduleExpression, enabled } = rule.definition;
    if (scheduleExpression === undefined || !enabled) return;
    this.#schedule(rule, readSchedule(scheduleExpression).next(this.#world.clock.now()));
  }

  disarm(rule: Rule): void {
    this.#cancels.get(rule)?.();
    this.#cancels.delete(rule);
  }

  #schedule(rule: Rule, atMs: number | undefined): void {
    if (atMs === undefined) return;
    const ring = () => {
      this.#ring(rule);
      const schedule = readSchedule(rule.definition.scheduleExpression ?? '');
      this.#schedule(rule, schedule.next(atMs));
    };
    const { clock } = this.#world;
    this.#cancels.set(rule, clock.schedule(atMs - clock.now(), ring, 'recurring'));
  }
}
