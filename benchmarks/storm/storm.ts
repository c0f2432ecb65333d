import { seededRandom } from '../../functions/core/comparison/seeded-random.ts';
import { requestQuotasIn } from '../../simulator/quotas/request-quotas.ts';
import { Account } from './account.ts';
import { type PlayedRelease, playRelease } from './play-release.ts';
import { region } from './region.ts';
import type { ReleaseTrace } from './release-trace.ts';
import { VirtualTime } from './virtual-time.ts';

export interface StormOptions {
  readonly services: number;
  readonly seed: number;
  /** All are pushed within. */
  readonly pushesWithinMs?: number;
  /** Whether each service was released before, so that preflight knows its load balancing; default true. */
  readonly withKeptSettings?: boolean;
  onProgress?(done: number, virtualSeconds: number): void;
}

export interface StormReport {
  readonly services: number;
  readonly seed: number;
  readonly deployed: number;
  /** Reasons of those that did not end right, with how many there are. */
  readonly failed: Readonly<Record<string, number>>;
  /** From the first push until the last release has its outcome, less what an undisturbed release takes. */
  readonly drainSeconds: number;
  readonly undisturbedSeconds: number;
  /** What the refill of RegisterTaskDefinition alone sets: one a second, after a burst of twenty. */
  readonly boundSeconds: number;
  readonly ratio: number;
  /** What each of the tightest buckets sets by itself. */
  readonly bounds: readonly Bound[];
  readonly lastRegisteredSeconds: number;
  readonly invocationsRepeated: number;
  readonly calls: number;
  /** Refused calls by operation, most first. */
  readonly throttled: Readonly<Record<string, number>>;
  readonly mostFunctionsAtOnce: number;
}

/** Pushes to many services at once, each its own, in virtual time and under the quotas of one account. */
export async function storm(trace: ReleaseTrace, options: StormOptions): Promise<StormReport> {
  const { services, seed, pushesWithinMs = 60_000, withKeptSettings = true, onProgress } = options;
  const time = new VirtualTime();
  const account = new Account(time);
  const random = seededRandom(String(seed));
  const startMs = time.now();
  let done = 0;
  const play = async (): Promise<PlayedRelease> => {
    await time.sleep(random() * pushesWithinMs);
    const played = await playRelease(trace, { time, account, random, withKeptSettings });
    onProgress?.(++done, (time.now() - startMs) / 1_000);
    return played;
  };
  const played = await time.run(() => Promise.all(Array.from({ length: services }, play)), random);
  const seconds = (atMs: number) => (atMs - startMs) / 1_000;
  const undisturbedSeconds = trace.durationMs / 1_000;
  const drainSeconds =
    Math.max(...played.map(({ endedMs }) => seconds(endedMs))) - undisturbedSeconds;
  const bounds = boundsOf(trace, services);
  const boundSeconds = registrationSeconds(bounds);
  return {
    services,
    seed,
    deployed: played.filter(({ outcome }) => outcome === 'deployed').length,
    failed: count(played.map(({ reason }) => reason)),
    drainSeconds,
    undisturbedSeconds,
    boundSeconds,
    ratio: drainSeconds / boundSeconds,
    bounds: bounds.slice(0, 5),
    lastRegisteredSeconds: Math.max(...played.map((one) => seconds(one.registeredMs ?? startMs))),
    invocationsRepeated: played.reduce((sum, { retries }) => sum + retries, 0),
    calls: account.calls,
    throttled: Object.fromEntries([...account.throttled].sort(([, a], [, b]) => b - a)),
    mostFunctionsAtOnce: account.mostBusy,
  };
}

export interface Bound {
  readonly operations: string;
  readonly seconds: number;
}

/** Per bucket the seconds until the last call of so many undisturbed releases can have been admitted, longest first. */
export function boundsOf({ invocations }: ReleaseTrace, services: number): Bound[] {
  const calls = invocations.flatMap((invocation) => invocation.calls);
  return requestQuotasIn(region)
    .map(({ service, operations, burst, perSecond }) => {
      const taken = calls.filter(
        (call) => call.service === service && isIn(operations, call.operation),
      );
      const names = [...new Set(taken.map(({ operation }) => operation))];
      const seconds = Math.max(0, services * taken.length - burst) / perSecond;
      return { operations: `${service}:${names.join('|')}`, seconds };
    })
    .filter(({ seconds }) => seconds > 0)
    .sort((a, b) => b.seconds - a.seconds);
}

function isIn(operations: readonly string[] | RegExp, operation: string): boolean {
  return operations instanceof RegExp ? operations.test(operation) : operations.includes(operation);
}

function registrationSeconds(bounds: readonly Bound[]): number {
  const bound = bounds.find(({ operations }) => operations.includes('RegisterTaskDefinition'));
  if (bound === undefined) throw new Error('No release waits for RegisterTaskDefinition');
  return bound.seconds;
}

function count(reasons: readonly (string | undefined)[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const reason of reasons) {
    if (reason !== undefined) counts[reason] = (counts[reason] ?? 0) + 1;
  }
  return counts;
}
