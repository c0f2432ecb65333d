import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runSchedule, type SchedulePlan } from '../../../functions/core/probe/run-schedule.ts';
import { EventClock } from '../../support/fakes/event-clock.ts';

const startMs = Date.parse('2026-09-01T10:00:00.000Z');
const never = new AbortController().signal;

/** A server that answers request n after `serviceMs(n)`, on the schedule's own clock. */
function server(clock: EventClock, serviceMs: (index: number) => number) {
  let inFlight = 0;
  const seen = { mostAtOnce: 0 };
  const send = async ({ index }: { readonly index: number }) => {
    inFlight += 1;
    seen.mostAtOnce = Math.max(seen.mostAtOnce, inFlight);
    await clock.sleep(serviceMs(index));
    inFlight -= 1;
    return serviceMs(index);
  };
  return { send, seen };
}

describe('runSchedule', () => {
  it('starts open-loop requests at fixed times, whatever the answers take', async () => {
    const clock = new EventClock(startMs);
    const { send } = server(clock, () => 500);

    const { sent, ended } = await runSchedule(
      { requests: 5, ratePerSecond: 10, concurrency: 64 },
      send,
      { clock, signal: never },
    );

    expect(ended).toBe('complete');
    expect(sent.map(({ startedAtMs }) => startedAtMs - startMs)).toEqual([0, 100, 200, 300, 400]);
    expect(sent.map(({ delayMs }) => delayMs)).toEqual([0, 0, 0, 0, 0]);
  });

  it('counts what waited behind one stall from its intended start (coordinated omission)', async () => {
    const clock = new EventClock(startMs);
    // 100 requests a second of 1 ms each; the eleventh stalls for a second, and one at a time is in flight.
    const { send } = server(clock, (index) => (index === 10 ? 1_000 : 1));

    const { sent } = await runSchedule(
      { requests: 200, ratePerSecond: 100, concurrency: 1 },
      send,
      { clock, signal: never },
    );
    const latencies = sent.map(({ delayMs, outcome }) => delayMs + outcome);

    // A closed loop would see one slow request of 200. Users would have seen a second's worth: those that were
    // due while it stalled waited 990, 981, 972 … ms, as the backlog shrinks by 9 ms with every request.
    expect(latencies.slice(9, 14)).toEqual([1, 1_000, 991, 982, 973]);
    expect(latencies.filter((ms) => ms > 100)).toHaveLength(100);
    expect(latencies.filter((ms) => ms > 1)).toHaveLength(111);
    expect(sent.at(-1)?.delayMs).toBe(0);
  });

  it('does not blame the service for a timer of ours that fires late', async () => {
    const clock = new EventClock(startMs);
    const sleep = clock.sleep.bind(clock);
    const late = { now: () => clock.now(), sleep: (ms: number) => sleep(ms + 30) };

    const { sent } = await runSchedule(
      { requests: 3, ratePerSecond: 10, concurrency: 4 },
      async () => 'ok',
      { clock: late, signal: never },
    );

    expect(sent.map(({ startedAtMs }) => startedAtMs - startMs)).toEqual([0, 130, 210]);
    expect(sent.map(({ delayMs }) => delayMs)).toEqual([0, 0, 0]);
  });

  it('sleeps in one go only while nothing is unanswered', async () => {
    const clock = new EventClock(startMs);
    const sleeps: number[] = [];
    const watched = {
      now: () => clock.now(),
      sleep: (ms: number, signal?: AbortSignal) => {
        sleeps.push(ms);
        return clock.sleep(ms, signal);
      },
    };

    await runSchedule(
      { requests: 3, ratePerSecond: 2, concurrency: 4 },
      ({ index }) => clock.sleep(index === 0 ? 110 : 0),
      { clock: watched, signal: never },
    );

    // The first answer takes 110 ms: two short sleeps and a third in which it comes, then the rest of the second.
    expect(sleeps).toEqual([50, 50, 50, 350, 50, 450]);
  });

  it('starts closed-loop requests as places become free', async () => {
    const clock = new EventClock(startMs);
    const { send, seen } = server(clock, () => 100);

    const { sent } = await runSchedule({ requests: 5, concurrency: 2 }, send, {
      clock,
      signal: never,
    });

    expect(seen.mostAtOnce).toBe(2);
    expect(sent.map(({ startedAtMs }) => startedAtMs - startMs)).toEqual([0, 0, 100, 100, 200]);
    expect(sent.every(({ delayMs }) => delayMs === 0)).toBe(true);
  });

  it('starts nothing once the time is up, and waits for what is under way', async () => {
    const clock = new EventClock(startMs);
    const { send } = server(clock, () => 300);

    const { sent, ended } = await runSchedule(
      { requests: 100, ratePerSecond: 10, concurrency: 64, maxTotalMs: 1_000 },
      send,
      { clock, signal: never },
    );

    expect(ended).toBe('time');
    expect(sent).toHaveLength(10);
    expect(clock.now() - startMs).toBe(1_200);
    expect(sent[0]?.endsAtMs).toBe(startMs + 1_000);
  });

  it('ends at once with the signal, with the answers that are there', async () => {
    const clock = new EventClock(startMs);
    const abort = new AbortController();
    const { send } = server(clock, (index) => (index < 2 ? 10 : 60_000));
    const stop = clock.sleep(500).then(() => abort.abort());

    const { sent, ended } = await runSchedule({ requests: 9, concurrency: 3 }, send, {
      clock,
      signal: abort.signal,
    });
    await stop;

    expect(ended).toBe('signal');
    expect(sent.map(({ index }) => index)).toEqual([0, 1]);
    expect(clock.now() - startMs).toBe(500);
  });

  it('sends nothing when the signal fired before', async () => {
    const run = await runSchedule({ requests: 3, concurrency: 1 }, async () => 'ok', {
      clock: new EventClock(startMs),
      signal: AbortSignal.abort(),
    });

    expect(run).toEqual({ sent: [], ended: 'signal' });
  });

  it('stops early when enough is known', async () => {
    const clock = new EventClock(startMs);
    const { send } = server(clock, () => 10);

    const { sent, ended } = await runSchedule({ requests: 100, concurrency: 1 }, send, {
      clock,
      signal: never,
      enough: ({ index }) => index === 6,
    });

    expect(ended).toBe('stop');
    expect(sent).toHaveLength(7);
  });

  it('rejects with what a sender broke with, and starts nothing further', async () => {
    let started = 0;
    const run = runSchedule(
      { requests: 10, concurrency: 1 },
      async () => {
        started += 1;
        throw new RangeError('broken');
      },
      { clock: new EventClock(startMs), signal: never },
    );

    await expect(run).rejects.toThrow(new RangeError('broken'));
    expect(started).toBe(1);
  });

  const plans = fc.record<SchedulePlan>({
    requests: fc.integer({ min: 1, max: 60 }),
    concurrency: fc.integer({ min: 1, max: 8 }),
    ratePerSecond: fc.option(fc.integer({ min: 1, max: 200 }), { nil: undefined }),
    maxTotalMs: fc.option(fc.integer({ min: 1, max: 5_000 }), { nil: undefined }),
  });

  it('keeps its laws for any plan and any server', async () => {
    await fc.assert(
      fc.asyncProperty(
        plans,
        fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 1, maxLength: 20 }),
        async (plan, times) => {
          const clock = new EventClock(startMs);
          const { send, seen } = server(clock, (index) => times[index % times.length] ?? 0);

          const { sent, ended } = await runSchedule(plan, send, { clock, signal: never });

          // Every request at most once, in order, from the first on, and all of them unless the time was up.
          expect(sent.map(({ index }) => index)).toEqual(sent.map((_, index) => index));
          expect(ended).toBe(sent.length === plan.requests ? 'complete' : 'time');
          expect(seen.mostAtOnce).toBeLessThanOrEqual(plan.concurrency);
          for (const { index, intendedAtMs, startedAtMs, delayMs, endsAtMs } of sent) {
            expect(delayMs).toBeGreaterThanOrEqual(0);
            expect(startedAtMs).toBeLessThan(endsAtMs);
            expect(startedAtMs).toBeGreaterThanOrEqual(intendedAtMs);
            if (plan.ratePerSecond !== undefined) {
              expect(intendedAtMs).toBe(startMs + (index * 1_000) / plan.ratePerSecond);
              expect(startedAtMs - intendedAtMs).toBe(delayMs);
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
