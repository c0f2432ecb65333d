import type { TaskEvents } from './task-events.ts';

/** What a Task's `Resource` stands for. */
export interface Integration {
  /** True for `.waitForTaskToken`: the task ends when its token is answered. */
  readonly callback: boolean;
  readonly events: TaskEvents;
  /** Calls the service; rejects with StatesError under the name AWS gives the failure. */
  invoke(this: void, args: unknown): Promise<unknown>;
}
