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

/** What a Map Run's child execution has besides. */
export interface MapRunShare {
  readonly mapRunArn: string;
  /** Items in its input. */
  readonly itemCount: number;
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
  readonly mapRun?: MapRunShare | undefined;
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
  /** Undefined for what was not started by a Map Run. */
  readonly mapRun: MapRunShare | undefined;
  /** Undefined while running. */
  ending: Ending | undefined;
  /** Its Map Run was redriven and has not come to it yet. */
  awaitsRedrive = false;
  redriveCount = 0;
  redriveMs: number | undefined;
  /** Billed ones: states entered, retries and redriven states (aws-facts 5.2). */
  stateTransitions = 0;
  readonly #whenEnded: (() => void)[] = [];
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
    this.mapRun = options.mapRun;
    this.root = new Branch(options.machine.workflow);
    this.root.input = { value: this.input };
  }

  get express(): boolean {
    return this.machine.type === 'EXPRESS';
  }

  get status(): ExecutionStatus {
    if (this.awaitsRedrive) return 'PENDING_REDRIVE';
    return this.ending?.status ?? 'RUNNING';
  }

  /** Calls once when it has ended: at once if it already has. */
  onceEnded(run: () => void): void {
    if (this.ending) run();
    else this.#whenEnded.push(run);
  }

  end(ending: Ending): void {
    this.ending = ending;
    for (const run of this.#whenEnded.splice(0)) run();
  }
}
