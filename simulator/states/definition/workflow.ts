/** A JSONata template: JSON whose strings of the form `{% … %}` are expressions. */
export type Template = unknown;

/** A whole definition, a Parallel branch or a Map's ItemProcessor: states and where to start. */
export interface Workflow {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
  readonly Comment?: string;
  readonly QueryLanguage?: string;
  /** Of the whole execution; only on the outermost workflow. */
  readonly TimeoutSeconds?: number;
}

export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds?: number;
  readonly MaxAttempts?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: 'FULL' | 'NONE';
}

export interface Catcher {
  readonly ErrorEquals: readonly string[];
  readonly Next: string;
  readonly Assign?: Template;
  readonly Output?: Template;
}

interface CommonFields {
  readonly Comment?: string;
  readonly QueryLanguage?: string;
  readonly Output?: Template;
}

interface Continuing extends CommonFields {
  readonly Next?: string;
  readonly End?: boolean;
  readonly Assign?: Template;
}

export interface Recovering extends Continuing {
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
}

export interface PassState extends Continuing {
  readonly Type: 'Pass';
}

export interface TaskState extends Recovering {
  readonly Type: 'Task';
  readonly Resource: string;
  readonly Arguments?: Template;
  readonly TimeoutSeconds?: Template;
  readonly HeartbeatSeconds?: Template;
}

export interface ChoiceRule {
  readonly Condition: Template;
  readonly Next: string;
  readonly Assign?: Template;
  readonly Output?: Template;
}

export interface ChoiceState extends CommonFields {
  readonly Type: 'Choice';
  readonly Choices: readonly ChoiceRule[];
  readonly Default?: string;
  readonly Assign?: Template;
}

export interface WaitState extends Continuing {
  readonly Type: 'Wait';
  readonly Seconds?: Template;
  readonly Timestamp?: Template;
}

export interface SucceedState extends CommonFields {
  readonly Type: 'Succeed';
}

export interface FailState {
  readonly Type: 'Fail';
  readonly Comment?: string;
  readonly QueryLanguage?: string;
  readonly Error?: Template;
  readonly Cause?: Template;
}

export interface ParallelState extends Recovering {
  readonly Type: 'Parallel';
  readonly Branches: readonly Workflow[];
  readonly Arguments?: Template;
}

export interface MapState extends Recovering {
  readonly Type: 'Map';
  readonly ItemProcessor: Workflow;
  readonly Items?: Template;
  readonly ItemSelector?: Template;
  readonly MaxConcurrency?: Template;
}

export type State =
  | PassState
  | TaskState
  | ChoiceState
  | WaitState
  | SucceedState
  | FailState
  | ParallelState
  | MapState;

export type StateType = State['Type'];
