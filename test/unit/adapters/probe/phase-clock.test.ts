import { performance } from 'node:perf_hooks';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { PhaseClock } from '../../../../functions/adapters/probe/phase-clock.ts';

let nowMs = 1_000;
vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
afterEach(() => {
  nowMs = 1_000;
});

/** Lets so much time pass. */
function pass(ms: number): void {
  nowMs += ms;
}

describe('PhaseClock', () => {
  it('charges each phase with its own time and the rest to the total alone', () => {
    const clock = new PhaseClock();
    pass(1);
    for (const [phase, ms] of [
      ['dns', 2],
      ['connect', 4],
      ['tls', 8],
      ['first-byte', 16],
      ['rest', 32],
    ] as const) {
      clock.enter(phase);
      pass(ms);
    }

    expect(clock.timings()).toEqual({
      dnsMs: 2,
      connectMs: 4,
      tlsMs: 8,
      firstByteMs: 16,
      totalMs: 63,
    });
  });

  it('counts the phase under way with what it has taken so far', () => {
    const clock = new PhaseClock();
    clock.enter('connect');
    pass(5);

    expect(clock.phase).toBe('connect');
    expect(clock.timings()).toMatchObject({ connectMs: 5, tlsMs: 0, totalMs: 5 });
    pass(2);
    expect(clock.timings()).toMatchObject({ connectMs: 7, totalMs: 7 });
  });
});
