import type { Execution } from '../executions/execution.ts';
import type { Scope } from '../interpreter/scope.ts';
import type { TaskEvents } from './task-events.ts';

/** The attempt at a Task that an integration works for. */
export interface TaskCall {
  readonly execution: Execution;
  /** Of this attempt: dropped when it is over, whatever its outcome. */
  readonly scope: Scope;
  /** Of the line of states: dropped when the execution is stopped or a sibling fails. */
  readonly line: Scope;
  readonly taskToken: string | undefined;
  /** A worker has begun with the task. */
  started(this: void, workerName: string | undefined): void;
}

/** What a Task's `Resource` stands for. */
export interface Integration {
  /** True for `.waitForTaskToken` and activities: the task ends when its token is answered. */
  readonly callback: boolean;
  /** True for activities: the task begins when a worker fetches it. */
  readonly worker?: boolean;
  readonly events: TaskEvents;
  /** Calls the service; rejects with StatesError under the name AWS gives the failure. */
  invoke(this: void, args: unknown, call: TaskCall): Promise<unknown>;
  /** `.sync`: waits for the end of the job that `invoke` has started. */
  complete?(this: void, started: unknown, call: TaskCall): Promise<unknown>;
}
