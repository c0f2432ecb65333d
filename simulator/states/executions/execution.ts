import type { ExecutionStatus } from '@aws-sdk/client-sfn';
import { Branch } from '../interpreter/branch.ts';
import type { StateMachine } from '../machines/state-machine.ts';
import { ExecutionHistory } from './history.ts';

/** How an execution ended; `output` is JSON text. */
export interface Ending {
  readonly status: Exclude<ExecutionStatus, 'RUNNING' | 'PENDING_REDRIVE'>;
  readonly atMs: number;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
}

export interface ExecutionOptions {
  readonly arn: string;
  readonly name: string;
  readonly machine: StateMachine;
  readonly versionArn?: string | undefined;
  readonly aliasArn?: string | undefined;
  /** JSON text as it was given. */
  readonly inputText: string;
  readonly nowMs: () => number;
}

/** One execution through all its redrives. */
export class Execution {
  readonly arn: string;
  readonly name: string;
  readonly machine: StateMachine;
  readonly versionArn: string | undefined;
  readonly aliasArn: string | undefined;
  readonly inputText: string;
  readonly input: unknown;
  readonly startMs: number;
  readonly history: ExecutionHistory;
  readonly root: Branch;
  /** Undefined while running. */
  ending: Ending | undefined;
  redriveCount = 0;
  redriveMs: number | undefined;
  /** Billed ones: states entered, retries and redriven states (aws-facts 5.2). */
  stateTransitions = 0;
  /** Newest last (aws-facts 5.5). */
  readonly redriveTokens: { readonly token: string; readonly redriveMs: number }[] = [];

  constructor(options: ExecutionOptions) {
    this.arn = options.arn;
    this.name = options.name;
    this.machine = options.machine;
    this.versionArn = options.versionArn;
    this.aliasArn = options.aliasArn;
    this.inputText = options.inputText;
    this.input = JSON.parse(options.inputText);
    this.startMs = options.nowMs();
    this.history = new ExecutionHistory(options.nowMs);
    this.root = new Branch(options.machine.workflow);
    this.root.input = { value: this.input };
  }

  get express(): boolean {
    return this.machine.type === 'EXPRESS';
  }

  get status(): ExecutionStatus {
    return this.ending?.status ?? 'RUNNING';
  }
}
