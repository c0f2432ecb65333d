import type { Execution, MapRunShare } from '../executions/execution.ts';
import type { StateMachine } from '../machines/state-machine.ts';

export interface ChildRequest extends MapRunShare {
  /** The ItemProcessor as a machine of its own. */
  readonly machine: StateMachine;
  /** JSON text. */
  readonly inputText: string;
}

/** How a Map Run handles the executions that it starts. */
export interface ChildExecutions {
  start(this: void, request: ChildRequest): Execution;
  /** Goes on from the state that failed; false when it cannot be redriven any more. */
  redrive(this: void, execution: Execution): boolean;
  stop(this: void, execution: Execution): void;
}
