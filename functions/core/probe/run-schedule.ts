import type { Clock } from '../ports/clock.ts';

/**
 * Longest sleep while something is unanswered. A rehearsal skips longer ones of a function that only sleeps
 * (docs/adr/0004), and would take that time away from requests that are under way for real.
 */
const inFlightPauseMs = 50;

/** How many requests, how fast, and for how long; pure data. */
export interface SchedulePlan {
  readonly requests: number;
  /** Most requests in flight. */
  readonly concurrency: number;
  /** Open loop: request n is intended n / rate seconds after the first. Without it each starts as soon as it may. */
  readonly ratePerSecond?: number | undefined;
  /** Nothing starts later than this after the beginning. */
  readonly maxTotalMs?: number | undefined;
}

/** One place in a schedule. */
export interface Slot {
  /** 0-based position in the plan. */
  readonly index: number;
  /** Epoch milliseconds. */
  readonly intendedAtMs: number;
  readonly startedAtMs: number;
  /**
   * How much later than intended it started because `concurrency` requests were unanswered still. It belongs to
   * the latency: a new user would have waited that long too, and leaving it out is coordinated omission. A timer of
   * ours that fires late is no fault of the service and does not count.
   */
  readonly delayMs: number;
  /** Epoch milliseconds at which the schedule ends; Infinity without a limit. */
  readonly endsAtMs: number;
}

export interface Sent<T> extends Slot {
  readonly outcome: T;
}

export interface ScheduleRun<T> {
  /** By rising index. Requests still unanswered when the signal fired are missing. */
  readonly sent: readonly Sent<T>[];
  /** `complete` when every request started; else what ended it. */
  readonly ended: 'complete' | 'time' | 'signal' | 'stop';
}

export interface ScheduleOptions<T> {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Asked after each answer, in the order in which they come; true starts nothing further. */
  readonly enough?: (sent: Sent<T>) => boolean;
}

/**
 * Carries a schedule out. `send` gets a place and a signal and must not reject for what a service does; when it
 * rejects, so does the run. Once the signal fires, the run ends at once with the answers that are there.
 */
export async function runSchedule<T>(
  plan: SchedulePlan,
  send: (slot: Slot, signal: AbortSignal) => Promise<T>,
  { clock, signal, enough }: ScheduleOptions<T>,
): Promise<ScheduleRun<T>> {
  const startsAtMs = clock.now();
  const endsAtMs = startsAtMs + (plan.maxTotalMs ?? Number.POSITIVE_INFINITY);
  const sent: Sent<T>[] = [];
  const inFlight = new Set<Promise<void>>();
  const broken: unknown[] = [];
  let stopped = false;
  const aborted = whenAborted(signal);

  const start = (slot: Slot) => {
    const flight = send(slot, signal)
      .then((outcome) => {
        const one = { ...slot, outcome };
        sent.push(one);
        if (enough?.(one)) stopped = true;
      })
      .catch((error: unknown) => {
        broken.push(error);
      })
      .finally(() => inFlight.delete(flight));
    inFlight.add(flight);
  };
  const endedBy = () => {
    if (broken.length > 0 || stopped) return 'stop' as const;
    if (signal.aborted) return 'signal' as const;
    return clock.now() >= endsAtMs ? ('time' as const) : undefined;
  };

  let freedAtMs = startsAtMs;
  const dispatch = async (): Promise<ScheduleRun<T>['ended']> => {
    for (let index = 0; index < plan.requests; index++) {
      const dueMs = intendedAtMs(plan, startsAtMs, index);
      if (dueMs >= endsAtMs && plan.ratePerSecond !== undefined) return endedBy() ?? 'time';
      while (dueMs > clock.now() && endedBy() === undefined) {
        const leftMs = dueMs - clock.now();
        await pause(inFlight.size > 0 ? Math.min(leftMs, inFlightPauseMs) : leftMs, clock, signal);
      }
      while (inFlight.size >= plan.concurrency && endedBy() === undefined) {
        await Promise.race([...inFlight, aborted.promise]);
        freedAtMs = clock.now();
      }
      const ended = endedBy();
      if (ended !== undefined) return ended;
      const startedAtMs = clock.now();
      const intended = plan.ratePerSecond === undefined ? startedAtMs : dueMs;
      const delayMs = freedAtMs > intended ? startedAtMs - intended : 0;
      start({ index, intendedAtMs: intended, startedAtMs, delayMs, endsAtMs });
    }
    return 'complete';
  };

  try {
    const ended = await dispatch();
    await Promise.race([Promise.all([...inFlight]), aborted.promise]);
    if (broken.length > 0) throw broken[0];
    return { sent: sent.toSorted((left, right) => left.index - right.index), ended };
  } finally {
    aborted.forget();
  }
}

/** When request `index` is meant to start; the beginning for each request of a closed loop. */
export function intendedAtMs(plan: SchedulePlan, startsAtMs: number, index: number): number {
  return plan.ratePerSecond === undefined
    ? startsAtMs
    : startsAtMs + (index * 1_000) / plan.ratePerSecond;
}

/** A sleep that the signal cuts short rejects; the loop sees the signal by itself. */
async function pause(ms: number, clock: Clock, signal: AbortSignal): Promise<void> {
  await clock.sleep(ms, signal).catch(() => undefined);
}

function whenAborted(signal: AbortSignal): {
  readonly promise: Promise<void>;
  readonly forget: () => void;
} {
  let fire: () => void = () => undefined;
  const promise = new Promise<void>((resolve) => {
    fire = resolve;
  });
  if (signal.aborted) fire();
  signal.addEventListener('abort', fire, { once: true });
  return { promise, forget: () => signal.removeEventListener('abort', fire) };
}
