import { Random } from '../../simulator/core/random.ts';
import { faultsOfCall, faultsOfEvent } from './derive-cases.ts';
import type { FaultCase, ScenarioName } from './fault-case.ts';
import type { Trace } from './trace.ts';

const fewestFaults = 2;
const mostFaults = 4;
/** Events are few beside calls, and would hardly ever be drawn. */
const shareOfEvents = 0.25;

/** Cases of two to four faults at places of the trace; the same for the same seed. */
export function combineAtRandom(
  scenario: ScenarioName,
  { calls, events }: Trace,
  count: number,
  seed: number,
): FaultCase[] {
  const random = new Random(seed).derive(scenario);
  const pick = <T>(choices: readonly T[]): T => {
    const choice = choices[Math.floor(random.next() * choices.length)];
    if (choice === undefined) throw new RangeError(`Nothing to choose from in ${scenario}`);
    return choice;
  };
  return Array.from({ length: count }, () => {
    const wanted = fewestFaults + Math.floor(random.next() * (mostFaults - fewestFaults + 1));
    const faults = Array.from({ length: wanted }, () =>
      random.next() < shareOfEvents
        ? pick(faultsOfEvent(pick(events)))
        : pick(faultsOfCall(pick(calls))),
    );
    return { scenario, faults };
  });
}
