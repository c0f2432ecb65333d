/** One log event, as it was written and when it came in. */
export interface LogEvent {
  readonly id: string;
  readonly timestampMs: number;
  readonly ingestedMs: number;
  readonly message: string;
}

/** A stream of events in order of their timestamps. */
export class LogStream {
  readonly name: string;
  readonly createdMs: number;
  readonly events: LogEvent[] = [];

  constructor(name: string, createdMs: number) {
    this.name = name;
    this.createdMs = createdMs;
  }

  add(event: LogEvent): void {
    // Events almost always come in order; those that do not are put in their place.
    let index = this.events.length;
    while (index > 0 && (this.events[index - 1]?.timestampMs ?? 0) > event.timestampMs) index--;
    this.events.splice(index, 0, event);
  }
}

export interface LogGroup {
  readonly name: string;
  readonly arn: string;
  readonly createdMs: number;
  retentionInDays: number | undefined;
  readonly streams: Map<string, LogStream>;
}
