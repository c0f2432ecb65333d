import { describe, expect, it } from 'vitest';
import { settle } from '../../../functions/core/deployment/settle.ts';
import { FakeClock } from '../../support/fakes/fake-clock.ts';

const counting = () => {
  let count = 0;
  return async () => ++count;
};

describe('settle', () => {
  it('returns at once when nothing settles, without sleeping', async () => {
    const clock = new FakeClock();

    await expect(
      settle(counting(), () => false, { intervalMs: 100, limitMs: 1_000, clock }),
    ).resolves.toBe(1);
    expect(clock.sleeps).toEqual([]);
  });

  it('measures again until the value is settled', async () => {
    const clock = new FakeClock();

    const value = await settle(counting(), (count) => count < 4, {
      intervalMs: 100,
      limitMs: 1_000,
      clock,
    });

    expect(value).toBe(4);
    expect(clock.sleeps).toEqual([100, 100, 100]);
  });

  it('gives up within the limit and returns the last value', async () => {
    const clock = new FakeClock();

    const value = await settle(counting(), () => true, { intervalMs: 400, limitMs: 1_000, clock });

    expect(value).toBe(3);
    expect(clock.sleeps).toEqual([400, 400]);
  });

  it('returns the last value when the signal aborts while it waits', async () => {
    const abort = new AbortController();
    const clock = new FakeClock();
    const measure = counting();

    const value = await settle(
      async () => {
        const count = await measure();
        if (count === 2) abort.abort();
        return count;
      },
      () => true,
      { intervalMs: 1, limitMs: 1_000, clock, signal: abort.signal },
    );

    expect(value).toBe(2);
  });
});
