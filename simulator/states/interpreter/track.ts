import type { HistoryEventType } from '@aws-sdk/client-sfn';
import type { EventDetails, ExecutionHistory } from '../executions/history.ts';
import type { Scope } from './scope.ts';

/** One line of events in a history: each names the one before it on the same line. */
export class Track {
  readonly #history: ExecutionHistory;
  #previousEventId: number;

  constructor(history: ExecutionHistory, previousEventId: number) {
    this.#history = history;
    this.#previousEventId = previousEventId;
  }

  get previousEventId(): number {
    return this.#previousEventId;
  }

  /** Writes nothing for a line that was given up: throws its Dropped instead. */
  append(scope: Scope, type: HistoryEventType, details?: EventDetails): number {
    scope.throwIfDropped();
    this.#previousEventId = this.#history.append(type, this.#previousEventId, details);
    return this.#previousEventId;
  }

  /** Beside the line: the next event names the one before this, as recorded of `…StateSucceeded` and others. */
  appendAside(scope: Scope, type: HistoryEventType, details?: EventDetails): void {
    scope.throwIfDropped();
    this.#history.append(type, this.#previousEventId, details);
  }

  /** The end of a line that a failing sibling cut off; beside it as well (floci-io/floci pull request 3167). */
  appendAborted(type: HistoryEventType, details?: EventDetails): void {
    this.#history.append(type, this.#previousEventId, details);
  }

  fork(): Track {
    return new Track(this.#history, this.#previousEventId);
  }

  /** Continues after the last event of a forked line. */
  join(branch: Track): void {
    this.#previousEventId = branch.previousEventId;
  }
}
