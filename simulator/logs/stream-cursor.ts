import type { LogEvent } from './log-stream.ts';

interface PageOptions {
  readonly limit: number;
  readonly fromHead?: boolean | undefined;
  readonly token?: string | undefined;
}

interface EventPage {
  readonly events: LogEvent[];
  readonly forward: string;
  readonly backward: string;
}

/** An event's place in its stream: its instant, then how many events of all streams came before it, plus one. */
type Place = readonly [timestampMs: number, arrival: number];
const beginning: Place = [0, 0];

/**
 * One page of GetLogEvents and the tokens that go on from it; undefined for a token that is none. `f/PLACE` reads on behind
 * an event, `b/PLACE` reads back from it: places, unlike counts, stay what they are when events come late or are dropped. A
 * token that leads nowhere is answered with itself (API reference of GetLogEvents).
 */
export function eventsOnPage(
  all: readonly LogEvent[],
  { limit, fromHead, token }: PageOptions,
): EventPage | undefined {
  const [, direction, timestampMs, arrival] = /^([fb])\/(\d+)\/(\d+)$/.exec(token ?? '') ?? [];
  if (token && !direction) return undefined;
  const forward = direction ? direction === 'f' : fromHead === true;
  const from = direction
    ? countUpTo(all, [Number(timestampMs), Number(arrival)])
    : forward
      ? 0
      : all.length;
  const start = forward ? from : Math.max(0, from - limit);
  const end = forward ? Math.min(from + limit, all.length) : from;
  const stays = start === end ? token : undefined;
  return {
    events: all.slice(start, end),
    forward: (forward && stays) || `f/${placeOf(all[end - 1]).join('/')}`,
    backward: (!forward && stays) || `b/${placeOf(all[start - 1]).join('/')}`,
  };
}

function placeOf(event: LogEvent | undefined): Place {
  return event ? [event.timestampMs, Number(event.id) + 1] : beginning;
}

/** How many events are at a place or before it. */
function countUpTo(all: readonly LogEvent[], [timestampMs, arrival]: Place): number {
  const behind = all.findIndex((event) => {
    const [otherMs, other] = placeOf(event);
    return otherMs > timestampMs || (otherMs === timestampMs && other > arrival);
  });
  return behind < 0 ? all.length : behind;
}
