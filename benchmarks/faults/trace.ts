import type { JournalEntry } from '../../simulator/core/journal.ts';
import type { CallPoint, EventPoint } from './fault-point.ts';

/** What a scenario does when nothing is broken: every call that a function makes, every event delivered to one. */
export interface Trace {
  readonly calls: readonly CallPoint[];
  readonly events: readonly EventPoint[];
}

/** From the journal of the scenario. Calls and events before `fromSeq` count for ordinals only. */
export function readTrace(entries: readonly JournalEntry[], fromSeq = 0): Trace {
  const functions = new Set(
    entries.flatMap((entry) => (entry.kind === 'lambda.started' ? [entry.functionName] : [])),
  );
  const count = counter();
  const kinds = new Map<string, { source: string; detailType: string }>();
  const calls: CallPoint[] = [];
  const events: EventPoint[] = [];
  for (const entry of entries) {
    if (entry.kind === 'event.published') kinds.set(entry.id, entry);
    if (entry.kind === 'api.called' && functions.has(entry.caller)) {
      const { caller: functionName, service, operation } = entry;
      const ordinal = count(`${functionName} ${service} ${operation}`);
      if (entry.seq >= fromSeq) calls.push({ functionName, service, operation, ordinal });
    }
    const kind = entry.kind === 'event.delivered' ? kinds.get(entry.id) : undefined;
    if (kind !== undefined) {
      const { source, detailType } = kind;
      const ordinal = count(`${source} ${detailType}`);
      if (entry.seq >= fromSeq) events.push({ source, detailType, ordinal });
    }
  }
  return { calls, events };
}

/** Of its first operations only, where a poll repeats one: `most` of each function's, and the last. */
export function withoutPolls({ calls, events }: Trace, most: number): Trace {
  const total = new Map<string, number>();
  const keyOf = (call: CallPoint) => `${call.functionName} ${call.service} ${call.operation}`;
  for (const call of calls) total.set(keyOf(call), call.ordinal);
  return {
    calls: calls.filter((call) => call.ordinal <= most || call.ordinal === total.get(keyOf(call))),
    events,
  };
}

function counter(): (key: string) => number {
  const counts = new Map<string, number>();
  return (key) => {
    const next = (counts.get(key) ?? 0) + 1;
    counts.set(key, next);
    return next;
  };
}
