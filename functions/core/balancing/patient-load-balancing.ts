import { TransientAwsError } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { LoadBalancing } from '../ports/load-balancing.ts';

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
}

/**
 * Repeats each call that Elastic Load Balancing throttles until it is answered, the signal aborts or four minutes are over. To begin the whole
 * judgement anew instead would spend on the calls before it what everybody else waits for (docs/reference/storm.md).
 */
export function patientLoadBalancing(asked: LoadBalancing, patience: Patience): LoadBalancing {
  const patiently = async <T>(call: () => Promise<T>): Promise<T> => {
    const { clock, signal, random = Math.random } = patience;
    for (let pauses = 0; ; pauses++) {
      try {
        return await call();
      } catch (error) {
        if (!(error instanceof TransientAwsError)) throw error;
        if (signal.aborted || pauses === mostPauses) throw error;
        await clock.sleep(pauseMs * (0.5 + random()), signal).catch(() => {
          throw error;
        });
      }
    }
  };
  return {
    listener: (listenerArn) => patiently(() => asked.listener(listenerArn)),
    forwardings: (listenerArn) => patiently(() => asked.forwardings(listenerArn)),
    targetGroups: (names, seen) => patiently(() => asked.targetGroups(names, seen)),
    targetHealth: (targetGroupArn) => patiently(() => asked.targetHealth(targetGroupArn)),
  };
}
