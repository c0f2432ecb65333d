import type { LogGroupClass } from '@aws-sdk/client-cloudwatch-logs';
import type { MetricFilters } from './metric-filter.ts';

/** One log event, as it was written and when it came in. */
export interface LogEvent {
  readonly id: string;
  readonly timestampMs: number;
  readonly ingestedMs: number;
  readonly message: string;
}

/** What an event counts beside its message, so that a flood of empty lines is bounded as well. */
const eventOverhead = 100;
/** What a stream keeps at least, in characters; twice that makes it drop the oldest. */
const keptLength = 4 * 1024 * 1024;

/** The latest events of a stream in order of their timestamps. A chatty container must not fill the memory. */
export class LogStream {
  readonly name: string;
  readonly createdMs: number;
  readonly events: LogEvent[] = [];
  #length = 0;

  constructor(name: string, createdMs: number) {
    this.name = name;
    this.createdMs = createdMs;
  }

  add(event: LogEvent): void {
    // Events almost always come in order; those that do not are put in their place.
    let index = this.events.length;
    while (index > 0 && (this.events[index - 1]?.timestampMs ?? 0) > event.timestampMs) index--;
    this.events.splice(index, 0, event);
    this.#length += footprint(event);
    if (this.#length > 2 * keptLength) this.#dropOldest();
  }

  #dropOldest(): void {
    let count = 0;
    while (this.#length > keptLength) this.#length -= footprint(this.events[count++]);
    this.events.splice(0, count);
  }
}

function footprint(event: LogEvent | undefined): number {
  return event ? event.message.length + eventOverhead : 0;
}

export interface LogGroup {
  readonly name: string;
  readonly arn: string;
  readonly createdMs: number;
  retentionInDays: number | undefined;
  readonly streams: Map<string, LogStream>;
  readonly tags: Map<string, string>;
  readonly metricFilters: MetricFilters;
  /** Kept and shown; nothing is encrypted. */
  kmsKeyId: string | undefined;
  readonly logGroupClass: LogGroupClass;
  deletionProtected: boolean;
}
