import { describe, expect, it } from 'vitest';
import type { RegisteredTarget } from '../../../simulator/elbv2/registered-target.ts';
import { TargetChoice } from '../../../simulator/elbv2/target-choice.ts';

const target = (id: string, outstanding = 0): RegisteredTarget => ({
  id,
  port: 80,
  address: undefined,
  phase: 'registered',
  health: { state: 'healthy', streak: 0 },
  tunnels: new Set(),
  outstanding,
  credit: 0,
  slowSinceMs: undefined,
  cancelTimer: () => {},
});
const whole = () => 1;
const pick = (
  targets: RegisteredTarget[],
  count: number,
  algorithm?: string,
  share: (target: RegisteredTarget) => number = whole,
) => {
  const choice = new TargetChoice();
  return Array.from({ length: count }, () => choice.next(targets, algorithm, share)?.id);
};

describe('the choice of a target', () => {
  it('takes turns', () => {
    expect(pick([target('a'), target('b')], 5)).toEqual(['a', 'b', 'a', 'b', 'a']);
    expect(pick([], 1)).toEqual([undefined]);
  });

  it('goes to the targets with the fewest requests in flight, in turns', () => {
    const targets = [target('a', 2), target('b', 1), target('c', 1)];
    expect(pick(targets, 4, 'least_outstanding_requests')).toEqual(['b', 'c', 'b', 'c']);
  });

  it('is random and even with weighted_random', () => {
    const counts = new Map<string | undefined, number>();
    for (const id of pick([target('a'), target('b')], 1_000, 'weighted_random')) {
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    // Binomial with n = 1000, p = 0.5: four standard deviations are 63.
    expect(Math.abs((counts.get('a') ?? 0) - 500)).toBeLessThan(64);
    expect(pick([target('a'), target('b')], 8, 'weighted_random')).not.toEqual(
      pick([target('a'), target('b')], 8),
    );
  });

  it('gives a target in slow start its share', () => {
    const targets = [target('old'), target('new')];
    const share = ({ id }: RegisteredTarget) => (id === 'new' ? 0.25 : 1);
    const picked = pick(targets, 10, 'round_robin', share);
    expect(picked.filter((id) => id === 'new')).toHaveLength(2);
  });
});
