import { mostPauses, pauseMs } from '../../functions/core/balancing/patient-load-balancing.ts';
import { type Account, Throttled } from './account.ts';
import type { ReleaseTrace, TracedInvocation } from './release-trace.ts';
import { eventRetryDelayMs, hookRetryDelayMs, isTask, taskRetryDelayMs } from './retries.ts';
import type { VirtualTime } from './virtual-time.ts';

export interface PlayedRelease {
  readonly outcome: 'deployed' | 'failed';
  /** What gave up, and why. */
  readonly reason?: string;
  readonly registeredMs?: number;
  readonly endedMs: number;
  /** Invocations beyond those of an undisturbed release. */
  readonly retries: number;
}

interface Play {
  readonly time: VirtualTime;
  readonly account: Account;
  readonly random: () => number;
}

/** Plays one release as it was traced, with every retry that throttling costs it. */
export async function playRelease(
  { invocations }: ReleaseTrace,
  play: Play,
): Promise<PlayedRelease> {
  let retries = 0;
  let registeredMs: number | undefined;
  for (const invocation of invocations) {
    await play.time.sleep(invocation.afterMs);
    for (let failures = 1; ; failures++) {
      const error = await attempt(invocation, play);
      if (error === undefined) break;
      const delayMs = retryDelayMs(invocation.step, error.name, failures, play.random);
      if (delayMs === undefined) {
        const reason = `${invocation.step}: ${error.message}, after ${failures} tries`;
        return { outcome: 'failed', reason, endedMs: play.time.now(), retries };
      }
      retries++;
      await play.time.sleep(delayMs);
    }
    if (invocation.step === 'register-task-definition') registeredMs = play.time.now();
  }
  const registered = registeredMs === undefined ? {} : { registeredMs };
  return { outcome: 'deployed', ...registered, endedMs: play.time.now(), retries };
}

async function attempt(
  { functionName, step, calls, restMs }: TracedInvocation,
  { account, time, random }: Play,
): Promise<Throttled | undefined> {
  try {
    await account.invoke(functionName, async (environment) => {
      for (const { service, operation, afterMs } of calls) {
        await time.sleep(afterMs);
        const patient = step === 'lifecycle-hook' && service === 'elastic-load-balancing-v2';
        for (let pauses = 0; ; pauses++) {
          try {
            await account.call(environment, service, operation);
            break;
          } catch (error) {
            // functions/core/balancing/patient-load-balancing.ts
            if (!patient || pauses === mostPauses) throw error;
            await time.sleep(pauseMs * (0.5 + random()));
          }
        }
      }
      await time.sleep(restMs);
    });
    return undefined;
  } catch (error) {
    if (error instanceof Throttled) return error;
    throw error;
  }
}

function retryDelayMs(
  step: string,
  error: string,
  failures: number,
  random: () => number,
): number | undefined {
  if (isTask(step)) return taskRetryDelayMs(step, error, failures, random);
  const hook = step === 'lifecycle-hook' && error !== 'Lambda.TooManyRequestsException';
  return hook ? hookRetryDelayMs(failures) : eventRetryDelayMs(error, failures);
}
