import { TransientAwsError } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { PauseTally } from './pause-tally.ts';

/** Between tries of one call, from half to one and a half of it: callers that were refused together come apart. */
export const pauseMs = 4_000;
/** Four minutes: a hook has five. */
export const mostPauses = 60;

export interface Patience {
  readonly clock: Pick<Clock, 'sleep'>;
  /** Ends the patience. */
  readonly signal: AbortSignal;
  /** From 0 to 1, below it. */
  readonly random?: () => number;
  /** What is worth a repetition; default every transient error. Of calls that are not idempotent only isThrottled. */
  readonly repeats?: (error: unknown) => boolean;
  /** Told of the time that is spent waiting. */
  readonly tally?: PauseTally;
}

/**
 * The same port, which repeats each call that AWS throttles or fails for now until it is answered, the signal aborts or four minutes are
 * over. To begin everything anew instead would spend on the calls before it what everybody else waits for (docs/reference/storm.md).
 * For ports whose functions are all calls.
 */
export function patientPort<T extends object>(asked: T, patience: Patience): T {
  return new Proxy(asked, {
    get: (port, name) => {
      const call: unknown = Reflect.get(port, name);
      if (typeof call !== 'function') return call;
      return (...given: unknown[]) =>
        patiently(patience, () => Reflect.apply(call, port, given) as Promise<unknown>);
    },
  });
}

async function patiently<T>(patience: Patience, call: () => Promise<T>): Promise<T> {
  const { clock, signal, random = Math.random, repeats = isTransient, tally } = patience;
  for (let pauses = 0; ; pauses++) {
    try {
      return await call();
    } catch (error) {
      if (!repeats(error)) throw error;
      if (signal.aborted || pauses === mostPauses) throw error;
      const pause = () => clock.sleep(pauseMs * (0.5 + random()), signal);
      await (tally === undefined ? pause() : tally.during(pause)).catch(() => {
        throw error;
      });
    }
  }
}

function isTransient(error: unknown): boolean {
  return error instanceof TransientAwsError;
}
