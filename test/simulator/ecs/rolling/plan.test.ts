import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  boundsOf,
  type Census,
  isStuck,
  planStep,
  type RolloutView,
} from '../../../../simulator/ecs/rolling/plan.ts';

const none: Census = { pending: 0, unproven: 0, healthy: 0, unhealthy: 0 };
const nothing = {
  start: 0,
  stopExcess: 0,
  stopUnhealthy: 0,
  stopOldIdle: 0,
  stopOldUnproven: 0,
  stopOldHealthy: 0,
};

function view(more: Partial<RolloutView>): RolloutView {
  return {
    desiredCount: 4,
    minimumHealthyPercent: 100,
    maximumPercent: 200,
    primary: none,
    old: none,
    mayStart: true,
    ...more,
  };
}

describe('boundsOf', () => {
  it.each([
    [4, 50, 150, 2, 6],
    [3, 50, 150, 2, 4],
    [1, 50, 150, 1, 1],
    [5, 33, 119, 2, 5],
    [0, 100, 200, 0, 0],
    [10, 1, 101, 1, 10],
  ])(
    '%i tasks at %i to %i percent: at least %i, at most %i',
    (desiredCount, least, most, lower, upper) => {
      expect(
        boundsOf(view({ desiredCount, minimumHealthyPercent: least, maximumPercent: most })),
      ).toEqual({ lower, upper });
    },
  );
});

describe('planStep', () => {
  it.each<[string, Partial<RolloutView>, Partial<typeof nothing>]>([
    ['a first deployment starts all of them', {}, { start: 4 }],
    [
      'a maximum of 200 percent starts all before it stops any',
      { old: { ...none, healthy: 4 } },
      { start: 4 },
    ],
    [
      'a maximum of 150 percent starts half of them',
      { maximumPercent: 150, old: { ...none, healthy: 4 } },
      { start: 2 },
    ],
    [
      'each that is healthy replaces an old one',
      { primary: { ...none, healthy: 3, pending: 1 }, old: { ...none, healthy: 4 } },
      { stopOldHealthy: 3 },
    ],
    [
      'without room above, as many stop as the minimum allows',
      { minimumHealthyPercent: 25, maximumPercent: 100, old: { ...none, healthy: 4 } },
      { stopOldHealthy: 3 },
    ],
    [
      'a FAILED deployment neither starts nor makes room',
      {
        mayStart: false,
        minimumHealthyPercent: 0,
        maximumPercent: 100,
        old: { ...none, healthy: 4 },
      },
      {},
    ],
    ['scaling down stops the excess', { primary: { ...none, healthy: 6 } }, { stopExcess: 2 }],
    [
      'a failed task is replaced before it is stopped where there is room',
      { primary: { ...none, healthy: 3, unhealthy: 1 } },
      { start: 1 },
    ],
    [
      'a failed task is stopped first where there is none',
      {
        maximumPercent: 100,
        minimumHealthyPercent: 0,
        primary: { ...none, healthy: 3, unhealthy: 1 },
      },
      { stopUnhealthy: 1 },
    ],
    [
      'a failed task goes once it is replaced',
      { primary: { ...none, healthy: 4, unhealthy: 1 } },
      { stopUnhealthy: 1 },
    ],
    [
      'old tasks that serve nobody stop at once',
      { old: { pending: 2, unproven: 1, healthy: 1, unhealthy: 1 } },
      { start: 4, stopOldIdle: 3 },
    ],
  ])('%s', (_name, situation, step) => {
    expect(planStep(view(situation))).toEqual({ ...nothing, ...step });
  });
});

describe('isStuck', () => {
  it('tells a configuration that can neither start nor stop', () => {
    const old = { ...none, healthy: 1 };
    expect(isStuck(view({ desiredCount: 1, maximumPercent: 150, old }))).toBe(true);
    expect(isStuck(view({ desiredCount: 1, maximumPercent: 200, old }))).toBe(false);
    expect(isStuck(view({ desiredCount: 1, maximumPercent: 150, primary: old }))).toBe(false);
  });
});

type Counts = Record<Exclude<keyof Census, 'protected'>, number>;

/** A task of the property below: what it is now, and which revision it belongs to. */
interface Model {
  primary: Counts;
  old: Counts;
}

const fates = fc.constantFrom('prove', 'prove', 'prove', 'run', 'fail', 'die', 'sicken', 'dieOld');

describe('a rollout of any size, bounds and task fates', () => {
  it('keeps both bounds at every instant and ends', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 12 }),
        fc.nat({ max: 100 }),
        fc.integer({ min: 100, max: 300 }),
        fc.nat({ max: 12 }),
        fc.array(fates, { maxLength: 60 }),
        (desiredCount, minimumHealthyPercent, maximumPercent, oldHealthy, given) => {
          const model: Model = { primary: { ...none }, old: { ...none, healthy: oldHealthy } };
          const look = () =>
            view({
              desiredCount,
              minimumHealthyPercent,
              maximumPercent,
              ...structuredClone(model),
            });
          const { lower, upper } = boundsOf(look());
          fc.pre(!(upper === desiredCount && lower === desiredCount && desiredCount > 0));
          // After the drawn fates every task does well, so that an end must come.
          const well = Array.from({ length: 80 }, () => ['run', 'prove']).flat();
          for (const fate of [...given, ...well]) {
            settle(model, look, lower, upper);
            befall(model, fate);
          }
          settle(model, look, lower, upper);
          expect(model).toEqual({ primary: { ...none, healthy: desiredCount }, old: none });
        },
      ),
      { numRuns: 400 },
    );
  });
});

/** Applies steps until there is none left, with the bounds looked at after every single task. */
function settle(model: Model, look: () => RolloutView, lower: number, upper: number): void {
  for (let step = planStep(look()); ; step = planStep(look())) {
    const moves: (() => void)[] = [
      ...Array.from({ length: step.stopExcess }, () => () => takeOne(model.primary)),
      ...Array.from({ length: step.stopUnhealthy }, () => () => void model.primary.unhealthy--),
      ...Array.from({ length: step.stopOldIdle }, () => () => takeIdle(model.old)),
      ...Array.from({ length: step.stopOldUnproven }, () => () => void model.old.unproven--),
      ...Array.from({ length: step.stopOldHealthy }, () => () => void model.old.healthy--),
      ...Array.from({ length: step.start }, () => () => void model.primary.pending++),
    ];
    if (moves.length === 0) return;
    for (const move of moves) {
      const before = { healthy: healthyOf(model), total: totalOf(model) };
      move();
      expect(healthyOf(model)).toBeGreaterThanOrEqual(Math.min(lower, before.healthy));
      expect(totalOf(model)).toBeLessThanOrEqual(Math.max(upper, before.total));
    }
  }
}

function befall({ primary, old }: Model, fate: string): void {
  const move = (from: keyof Counts, to?: keyof Counts) => {
    if (primary[from] === 0) return;
    primary[from]--;
    if (to) primary[to]++;
  };
  if (fate === 'run') move('pending', 'unproven');
  if (fate === 'prove') move('unproven', 'healthy');
  if (fate === 'fail') move('pending');
  if (fate === 'die') move('healthy');
  if (fate === 'sicken') move('healthy', 'unhealthy');
  if (fate === 'dieOld' && old.healthy > 0) old.healthy--;
}

function takeOne(census: Counts): void {
  if (census.pending > 0) census.pending--;
  else if (census.unproven > 0) census.unproven--;
  else census.healthy--;
}

function takeIdle(census: Counts): void {
  if (census.pending > 0) census.pending--;
  else census.unhealthy--;
}

const healthyOf = ({ primary, old }: Model) => primary.healthy + old.healthy;
const totalOf = ({ primary, old }: Model) => sum(primary) + sum(old);
const sum = (census: Census) => Object.values(census).reduce((total, count) => total + count, 0);
