import { expect, it } from 'vitest';
import { shareInSlowStart } from '../../../simulator/elbv2/slow-start.ts';

it('a target in slow start begins with the least share and gets more by the minute', () => {
  const group = { attributes: new Map([['slow_start.duration_seconds', '100']]) };
  const shareAt = (nowMs: number, leastShare: number) =>
    shareInSlowStart(group as never, nowMs, leastShare)({ slowSinceMs: 0 } as never);
  expect([0, 10_000, 50_000, 200_000].map((nowMs) => shareAt(nowMs, 0.05))).toEqual([
    0.05, 0.1, 0.5, 1,
  ]);
  expect(shareAt(10_000, 0.3)).toBe(0.3);
});
