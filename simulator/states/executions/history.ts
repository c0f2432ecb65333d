import type { HistoryEvent, HistoryEventType } from '@aws-sdk/client-sfn';
import { StatesError } from '../interpreter/states-error.ts';

/** The details member of an event, under its own name, e.g. `{ taskScheduledEventDetails: … }`. */
export type EventDetails = Omit<HistoryEvent, 'id' | 'timestamp' | 'type' | 'previousEventId'>;

/** Events a history may hold; the last one is the execution's end (aws-facts 5.2). */
export const historyLimit = 25_000;

/** What GetExecutionHistory shows of data that is never cut short. */
export const complete = { truncated: false };

/** An execution's events with ids from 1; a redrive appends to it. */
export class ExecutionHistory {
  readonly #events: HistoryEvent[] = [];
  readonly #nowMs: () => number;
  /** Called with each event as it is written. */
  onEvent: ((event: HistoryEvent) => void) | undefined;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  get events(): readonly HistoryEvent[] {
    return this.#events;
  }

  /** Returns the event's id; throws States.Runtime when only room for the end is left. */
  append(type: HistoryEventType, previousEventId: number, details: EventDetails = {}): number {
    if (this.#events.length >= historyLimit - 1) {
      throw new StatesError(
        'States.Runtime',
        `The execution reached the maximum number of history events (${historyLimit}).`,
      );
    }
    return this.#push(type, previousEventId, details);
  }

  /** The event that ends the execution; always fits. */
  close(type: HistoryEventType, previousEventId: number, details: EventDetails = {}): void {
    this.#push(type, previousEventId, details);
  }

  #push(type: HistoryEventType, previousEventId: number, details: EventDetails): number {
    const id = this.#events.length + 1;
    const timestamp = new Date(this.#nowMs());
    const event: HistoryEvent = { timestamp, type, id, previousEventId, ...details };
    this.#events.push(event);
    this.onEvent?.(event);
    return id;
  }
}

/** An event as `includeExecutionData: false` shows it. */
export function withoutData(event: HistoryEvent): HistoryEvent {
  const hidden = new Set(['input', 'inputDetails', 'output', 'outputDetails', 'assignedVariables']);
  return Object.fromEntries(
    Object.entries(event).map(([name, value]) => [
      name,
      name.endsWith('EventDetails')
        ? Object.fromEntries(Object.entries(value as object).filter(([key]) => !hidden.has(key)))
        : value,
    ]),
  ) as unknown as HistoryEvent;
}
