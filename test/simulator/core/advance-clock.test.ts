import { afterEach, describe, expect, it } from 'vitest';
import type { TimeMode } from '../../../simulator/core/clock.ts';
import { VirtualClock } from '../../../simulator/core/virtual-clock.ts';

const startMs = 1_000_000;
const hourMs = 3_600_000;
let clock: VirtualClock;

function start(mode: TimeMode): VirtualClock {
  clock = new VirtualClock({ startMs, mode });
  return clock;
}
const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
};

afterEach(() => clock.stop());

describe('a stepped clock', () => {
  it('stands still, and fires every timer at its own instant when it is advanced', async () => {
    start('stepped');
    const fired: [string, number][] = [];
    const note = (name: string) => () => fired.push([name, clock.now() - startMs]);
    clock.schedule(5_000, note('background'), 'background');
    clock.schedule(2_000, () => {
      note('first')();
      clock.schedule(1_000, note('what it started'));
    });
    clock.schedule(7_000, note('recurring'), 'recurring');
    clock.schedule(8_001, note('later'));
    await turns(50);
    expect(clock.now()).toBe(startMs);
    await clock.advanceTo(startMs + 8_000);
    expect(fired).toEqual([
      ['first', 2_000],
      ['what it started', 3_000],
      ['background', 5_000],
      ['recurring', 7_000],
    ]);
    expect(clock.now()).toBe(startMs + 8_000);
    expect(clock.pending()).toEqual([{ dueMs: startMs + 8_001, kind: 'waiting' }]);
  });

  it('waits for what is in flight before it is advanced, and takes advances in turn', async () => {
    start('stepped');
    const release = clock.hold('a call', 'call');
    const seen: number[] = [];
    const first = clock.advanceTo(startMs + hourMs).then(() => seen.push(clock.now() - startMs));
    const second = clock.advanceTo(startMs + 2 * hourMs);
    await turns(50);
    expect(clock.now()).toBe(startMs);
    release();
    await first;
    await second;
    expect(seen).toEqual([hourMs]);
    expect(clock.now()).toBe(startMs + 2 * hourMs);
  });

  it('runs in step during real work, not during a call', async () => {
    start('stepped');
    const endCall = clock.hold('a call', 'call');
    await turns(20);
    expect(clock.now()).toBe(startMs);
    endCall();
    const endWork = clock.hold('a function');
    await clock.sleep(2);
    endWork();
    expect(clock.now()).toBeGreaterThanOrEqual(startMs + 2);
  });

  it('jumps like any other once it was resumed', async () => {
    start('stepped');
    clock.resume();
    await clock.sleep(hourMs);
    expect(clock.now()).toBe(startMs + hourMs);
  });
});

describe('advance until idle', () => {
  it('ends when nothing waits any more, and does not run after recurring timers for ever', async () => {
    start('stepped');
    let rounds = 0;
    const again = () => {
      rounds++;
      clock.schedule(60_000, again, 'recurring');
    };
    again();
    clock.schedule(150_000, () => {});
    expect(await clock.advanceUntilIdle(startMs + hourMs)).toBe(true);
    expect(clock.now()).toBe(startMs + 150_000);
    expect(rounds).toBe(3);
  });

  it('stops at its limit and says that something waits still', async () => {
    start('stepped');
    clock.schedule(hourMs, () => {});
    expect(await clock.advanceUntilIdle(startMs + 10)).toBe(false);
    expect(clock.now()).toBe(startMs);
  });
});

describe('a skipping clock', () => {
  it('does not jump while it is paused', async () => {
    start('skip').pause();
    let fired = false;
    clock.schedule(hourMs, () => {
      fired = true;
    });
    await turns(50);
    expect([fired, clock.skippedMs, clock.paused]).toEqual([false, 0, true]);
    clock.resume();
    await clock.sleep(hourMs);
    expect(fired).toBe(true);
  });

  it('stops at recurring timers on its way, but never jumps for them alone', async () => {
    start('skip');
    const firedAt: number[] = [];
    clock.schedule(10_000, () => firedAt.push(clock.now() - startMs), 'recurring');
    await turns(50);
    expect(clock.skippedMs).toBe(0);
    await clock.sleep(hourMs);
    expect(firedAt).toHaveLength(1);
    expect(firedAt[0]).toBeGreaterThanOrEqual(10_000);
    expect(firedAt[0]).toBeLessThan(hourMs);
  });
});
