import type { UnhappyEnd } from '../events/execution-status-change.ts';

export interface ListedExecution {
  readonly executionArn: string;
  readonly executionName: string;
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'PENDING_REDRIVE' | UnhappyEnd;
  readonly startedAtMs: number;
  /** Missing while it runs. */
  readonly endedAtMs?: number | undefined;
}

export interface DescribedExecution extends ListedExecution {
  readonly redriveCount: number;
  /** JSON text. */
  readonly input: string | undefined;
  readonly error: string | undefined;
  readonly cause: string | undefined;
  /** JSON text; of an execution that succeeded. */
  readonly output?: string | undefined;
}

/** Executions of the workflow, as Step Functions remembers them: for 90 days (aws-facts 5.2). */
export interface Executions {
  /** When the state machine was made, epoch milliseconds. */
  workflowSinceMs(): Promise<number>;
  /** Those started at or after `sinceMs`, newest first. */
  list(sinceMs: number): Promise<ListedExecution[]>;
  describe(executionArn: string): Promise<DescribedExecution>;
}
