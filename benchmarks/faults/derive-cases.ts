import { guaranteedSources } from '../../simulator/faults/faults.ts';
import type { FaultCase, ScenarioName } from './fault-case.ts';
import {
  type CallEffectName,
  type CallPoint,
  type EventPoint,
  eventEffects,
  type FaultPoint,
} from './fault-point.ts';
import type { Trace } from './trace.ts';

/** What may befall every call. One that has no effect is the same whether it is lost before or after. */
const effectsOfAny = ['crash-before', 'throttle', 'error', 'drop-before', 'outage'] as const;
const effectsOfWrites = ['crash-after', 'drop-after', 'late', 'outage-after'] as const;

const reading = /^(BatchGet|Describe|Get|Head|List|Simulate)/;

/** Each call and each event of a trace with each thing that may befall it, one at a time. */
export function deriveCases(scenario: ScenarioName, { calls, events }: Trace): FaultCase[] {
  const points = [...calls.flatMap(faultsOfCall), ...events.flatMap(faultsOfEvent)];
  return points.map((point) => ({ scenario, faults: [point] }));
}

export function faultsOfCall(call: CallPoint): FaultPoint[] {
  const effects: readonly CallEffectName[] = reading.test(call.operation)
    ? effectsOfAny
    : [...effectsOfAny, ...effectsOfWrites];
  return effects.map((effect) => ({ on: 'call', effect, ...call }));
}

/** AWS does not lose events of ECS (aws-facts 1.4). */
export function faultsOfEvent(event: EventPoint): FaultPoint[] {
  return eventEffects
    .filter((effect) => effect !== 'lose' || !guaranteedSources.has(event.source))
    .map((effect) => ({ on: 'event', effect, ...event }));
}
