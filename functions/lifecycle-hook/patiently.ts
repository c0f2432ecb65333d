import { TransientAwsError } from '../core/errors.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { Log } from '../core/ports/log.ts';

/**
 * Tries work again after a transient error, once after each pause; the error of the last try leaves. `signal`
 * cuts the pauses short, not the work.
 */
export async function patiently<T>(
  { clock, log }: { readonly clock: Clock; readonly log: Log },
  pausesMs: readonly number[],
  work: () => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  for (const pauseMs of pausesMs) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof TransientAwsError)) throw error;
      log.warn('trying again', { error, pauseMs });
      await clock.sleep(pauseMs, signal).catch(() => {
        throw error;
      });
    }
  }
  return work();
}
