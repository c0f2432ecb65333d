import { meetsStatusExpectation } from '../../core/checks/status-expectation.ts';
import type { ComparisonJudge } from '../../core/comparison/comparison-judge.ts';
import type { PairedOutcome } from '../../core/comparison/comparison-settings.ts';
import { OrderedPairs } from '../../core/comparison/ordered-pairs.ts';
import type { Random } from '../../core/comparison/seeded-random.ts';
import type { CompareCheckConfig } from '../../core/config/schema.ts';
import type { ProbeResponse } from '../../core/ports/probe-transport.ts';
import { runSchedule } from '../../core/probe/run-schedule.ts';
import type { JudgeDeps } from '../hook-scene.ts';
import type { ComparedRequests } from './compared-requests.ts';

/** Both answers to one pair. */
export interface AnsweredPair {
  readonly path: number;
  readonly original: ProbeResponse;
  readonly replacement: ProbeResponse;
}

export interface SendPairsDeps extends Pick<JudgeDeps, 'probe' | 'clock' | 'signal'> {
  readonly random: Random;
  /** Told each pair that the judge is told. */
  readonly onPair: (pair: AnsweredPair) => void;
}

/**
 * Sends pairs at the rate of the check until the judge has decided, pairs run out or the signal fires; resolves to
 * whether the signal cut it short. Both requests of a pair are in flight at the same time, and which goes first is
 * drawn by lot. Pairs that the signal cut off are no pairs.
 */
export async function sendPairs(
  check: CompareCheckConfig,
  requests: readonly ComparedRequests[],
  judge: ComparisonJudge,
  { probe, clock, signal, random, onPair }: SendPairsDeps,
): Promise<{ readonly cutShort: boolean }> {
  const ordered = new OrderedPairs<AnsweredPair>();
  const send = async (): Promise<AnsweredPair | undefined> => {
    const path = judge.nextPath();
    const pair = requests[path];
    if (pair === undefined) throw new RangeError(`Cannot compare path ${path}: there is none`);
    const originalFirst = random() < 0.5;
    const [first, second] = originalFirst
      ? [pair.original, pair.replacement]
      : [pair.replacement, pair.original];
    const [one, other] = await Promise.all([probe.send(first, signal), probe.send(second, signal)]);
    const [original, replacement] = originalFirst ? [one, other] : [other, one];
    const cutOff = signal.aborted && [one, other].some(({ kind }) => kind === 'no-response');
    return cutOff ? undefined : { path, original, replacement };
  };
  const tell = (pair: AnsweredPair) => {
    if (judge.state !== 'running') return;
    onPair(pair);
    judge.observe({
      path: pair.path,
      original: outcomeOf(pair.original, check),
      replacement: outcomeOf(pair.replacement, check),
    });
  };
  const { pairs, concurrency, ratePerSecond } = check;
  const { ended } = await runSchedule({ requests: pairs, concurrency, ratePerSecond }, send, {
    clock,
    signal,
    enough: ({ index, outcome }) => {
      if (outcome !== undefined) ordered.add(index, outcome).forEach(tell);
      return judge.state !== 'running';
    },
  });
  return { cutShort: ended === 'signal' || (signal.aborted && judge.state === 'running') };
}

/** Whether an answer is an error of the service. */
export function isError(response: ProbeResponse, check: CompareCheckConfig): boolean {
  return (
    response.kind === 'no-response' || !meetsStatusExpectation(check.expectStatus, response.status)
  );
}

/**
 * Waiting for a free place (`concurrency`) is not counted in: it strikes both requests of a pair alike, and they
 * are compared with each other only.
 */
function outcomeOf(response: ProbeResponse, check: CompareCheckConfig): PairedOutcome {
  return {
    error: isError(response, check),
    durationMs: response.kind === 'no-response' ? Number.POSITIVE_INFINITY : response.durationMs,
  };
}
