import { mostPauses, pauseMs } from '../../functions/core/patience/patience.ts';
import { patienceMs as preflightPatienceMs } from '../../functions/preflight/patient-ports.ts';
import { patienceMs as registrationPatienceMs } from '../../functions/register-task-definition/step.ts';
import { type Account, type Environment, Throttled } from './account.ts';
import { type Manner, mannerOf } from './manners.ts';
import type { ReleaseTrace, TracedCall, TracedInvocation } from './release-trace.ts';
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
  readonly withKeptSettings: boolean;
}

const patienceOf: Readonly<Record<string, number>> = {
  preflight: preflightPatienceMs,
  'register-task-definition': registrationPatienceMs,
};

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
  invocation: TracedInvocation,
  { account, time, random, withKeptSettings }: Play,
): Promise<Throttled | undefined> {
  const patienceEndsMs = () => patienceOf[invocation.step] ?? Number.POSITIVE_INFINITY;
  const pauses = (endsMs: number) => async (pausesMade: number) => {
    if (pausesMade === mostPauses || time.now() >= endsMs) return false;
    await time.sleep(pauseMs * (0.5 + random()));
    return true;
  };
  try {
    await account.invoke(invocation.functionName, async (environment) => {
      const pause = pauses(time.now() + patienceEndsMs());
      for (const call of invocation.calls) {
        await time.sleep(call.afterMs);
        const manner = mannerOf(invocation, call, withKeptSettings);
        await make(call, { manner, account, environment, pause });
      }
      await time.sleep(invocation.restMs);
    });
    return undefined;
  } catch (error) {
    if (error instanceof Throttled) return error;
    throw error;
  }
}

interface CallScene {
  readonly manner: Manner;
  readonly account: Account;
  readonly environment: Environment;
  /** False when there is no patience left. */
  readonly pause: (pausesMade: number) => Promise<boolean>;
}

async function make(
  { service, operation }: TracedCall,
  { manner, account, environment, pause }: CallScene,
): Promise<void> {
  if (manner === 'spare') return account.callOnce(service, operation);
  for (let pausesMade = 0; ; pausesMade++) {
    try {
      return await account.call(environment, service, operation);
    } catch (error) {
      if (manner === 'hasty' || !(await pause(pausesMade))) throw error;
    }
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
