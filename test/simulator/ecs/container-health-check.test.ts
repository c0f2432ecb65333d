import type { HealthCheck } from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { VirtualClock } from '../../../simulator/core/virtual-clock.ts';
import { ContainerHealthCheck } from '../../../simulator/ecs/container-health-check.ts';
import { createTestWorld, type TestWorld } from '../../support/simulator/fake-world.ts';

let world: TestWorld;
let clock: VirtualClock;
beforeEach(() => {
  world = createTestWorld();
  world.clock.stop();
  // Stands still but for what is passed: a busy machine's seconds do not count.
  clock = new VirtualClock({ startMs: Date.UTC(2026, 10, 21, 9), mode: 'stepped' });
  world = { ...world, clock };
});
afterEach(() => clock.stop());

/** Runs a check whose commands end with these codes, the last one for ever; tells statuses with seconds. */
function run(check: HealthCheck, exitCodes: number[]) {
  const startMs = clock.now();
  const history: [string, number][] = [];
  let calls = 0;
  const seconds = () => (clock.now() - startMs) / 1_000;
  const health = new ContainerHealthCheck(world, check, {
    run: async () => exitCodes[Math.min(calls++, exitCodes.length - 1)] ?? 1,
    changed: (status) => history.push([status, seconds()]),
  });
  /** In small steps: a jump over several checks of a settled container makes but one of them. */
  const pass = async (passing: number) => {
    for (let second = 0; second < passing; second++) await clock.advanceTo(clock.now() + 1_000);
  };
  return { history, health, pass, calls: () => calls };
}

describe('a container health check', () => {
  it('is HEALTHY after the first success, one interval from the start', async () => {
    const { history, pass } = run({ command: ['CMD', 'true'] }, [0]);
    await pass(100);
    expect(history).toEqual([['HEALTHY', 30]]);
  });

  it('is UNHEALTHY after as many failures in a row as retries say', async () => {
    const { history, pass } = run({ command: [], interval: 10, retries: 2 }, [1, 0, 1, 1]);
    await pass(100);
    expect(history).toEqual([
      ['HEALTHY', 20],
      ['UNHEALTHY', 40],
    ]);
  });

  it('recovers with one success', async () => {
    const { history, pass } = run({ command: [], interval: 5, retries: 1 }, [1, 0]);
    await pass(60);
    expect(history).toEqual([
      ['UNHEALTHY', 5],
      ['HEALTHY', 10],
    ]);
  });

  it('does not count failures of the start period', async () => {
    const { history, pass } = run({ command: [], interval: 10, retries: 1, startPeriod: 25 }, [1]);
    await pass(100);
    expect(history).toEqual([['UNHEALTHY', 30]]);
  });

  it('counts them after a first success, start period or not', async () => {
    const check = { command: [], interval: 10, retries: 1, startPeriod: 300 };
    const { history, pass } = run(check, [0, 1]);
    await pass(100);
    expect(history).toEqual([
      ['HEALTHY', 10],
      ['UNHEALTHY', 20],
    ]);
  });

  it('asks no more once it is stopped', async () => {
    const { health, calls, pass } = run({ command: [], interval: 10 }, [0]);
    await pass(15);
    health.stop();
    await pass(100);
    expect(calls()).toBe(1);
  });
});
