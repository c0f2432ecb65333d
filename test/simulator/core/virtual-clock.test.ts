import { afterEach, describe, expect, it } from 'vitest';
import { VirtualClock } from '../../../simulator/core/virtual-clock.ts';

const hourMs = 3_600_000;
const clocks: VirtualClock[] = [];

function newClock(options?: ConstructorParameters<typeof VirtualClock>[0]): VirtualClock {
  const clock = new VirtualClock({ startMs: 1_000_000, ...options });
  clocks.push(clock);
  return clock;
}

const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
};

afterEach(() => {
  for (const clock of clocks.splice(0)) clock.stop();
});

describe('VirtualClock', () => {
  it('jumps over an hour when nothing is in flight', async () => {
    const clock = newClock();
    const realStart = performance.now();
    await clock.sleep(hourMs);
    expect(clock.now() - 1_000_000).toBeGreaterThanOrEqual(hourMs);
    expect(clock.skippedMs).toBeGreaterThan(hourMs - 5_000);
    expect(performance.now() - realStart).toBeLessThan(5_000);
  });

  it('fires timers in the order in which they fall due', async () => {
    const clock = newClock();
    const fired: string[] = [];
    clock.schedule(3_000, () => fired.push('third'));
    clock.schedule(1_000, () => fired.push('first'));
    clock.schedule(2_000, () => fired.push('second'));
    await clock.sleep(4_000);
    expect(fired).toEqual(['first', 'second', 'third']);
  });

  it('does not jump while work is held', async () => {
    const clock = newClock();
    const release = clock.hold('a probe');
    let fired = false;
    clock.schedule(hourMs, () => {
      fired = true;
    });
    await turns(50);
    expect(fired).toBe(false);
    expect(clock.heldBy()).toEqual(['a probe']);
    expect(clock.skippedMs).toBe(0);
    release();
    await clock.sleep(hourMs + 1);
    expect(fired).toBe(true);
  });

  it('does not jump for background timers alone', async () => {
    const clock = newClock();
    clock.schedule(hourMs, () => {}, 'background');
    await turns(50);
    expect(clock.skippedMs).toBe(0);
  });

  it('fires a background timer once, late, when a jump passed over it', async () => {
    const clock = newClock();
    const firedAt: number[] = [];
    clock.schedule(10_000, () => firedAt.push(clock.now()), 'background');
    await clock.sleep(hourMs);
    expect(firedAt).toHaveLength(1);
    expect(firedAt[0]).toBeGreaterThanOrEqual(1_000_000 + hourMs);
  });

  it('does not fire a cancelled timer', async () => {
    const clock = newClock();
    let fired = false;
    const cancel = clock.schedule(1_000, () => {
      fired = true;
    });
    cancel();
    await clock.sleep(2_000);
    expect(fired).toBe(false);
  });

  it('waits for a guard before it jumps', async () => {
    const clock = newClock();
    let open = () => {};
    const served = new Promise<void>((resolve) => {
      open = resolve;
    });
    let satisfied = false;
    clock.addJumpGuard(({ byMs }) => (byMs > 1_000 && !satisfied ? served : undefined));
    let woke = false;
    const sleeping = clock.sleep(hourMs).then(() => {
      woke = true;
    });
    await turns(50);
    expect(woke).toBe(false);
    satisfied = true;
    open();
    await sleeping;
    expect(woke).toBe(true);
  });

  it('does not jump past work that a fired timer begins', async () => {
    const clock = newClock();
    let release = () => {};
    clock.schedule(1_000, () => {
      release = clock.hold('begun by a timer');
    });
    let late = false;
    clock.schedule(hourMs, () => {
      late = true;
    });
    await turns(60);
    expect(late).toBe(false);
    release();
    await clock.sleep(hourMs);
    expect(late).toBe(true);
  });

  it('rejects a sleep with the reason of its signal', async () => {
    const clock = newClock();
    const controller = new AbortController();
    const release = clock.hold('keep time still');
    const sleeping = clock.sleep(hourMs, { signal: controller.signal });
    controller.abort(new Error('stopped by the test'));
    await expect(sleeping).rejects.toThrow('stopped by the test');
    release();
  });

  it('runs in step with real time when told to', async () => {
    const clock = newClock({ mode: 'real' });
    clock.schedule(hourMs, () => {});
    await turns(50);
    expect(clock.skippedMs).toBe(0);
  });

  it('reports each jump', async () => {
    const jumps: number[] = [];
    const clock = newClock({ onJump: (byMs) => jumps.push(byMs) });
    await clock.sleep(60_000);
    expect(jumps).toHaveLength(1);
    expect(jumps[0]).toBeGreaterThan(59_000);
  });
});
