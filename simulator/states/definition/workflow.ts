/** JSON with JSONata in its strings `{% … %}`, or with JSONPath in its members named `….$`. */
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
  /** JSONata */
  readonly Output?: Template;
  /** JSONPath */
  readonly ResultPath?: string | null;
}

/** Null: the data is dropped, `{}` goes on. */
type NullablePath = string | null;

interface CommonFields {
  readonly Comment?: string;
  readonly QueryLanguage?: string;
  /** JSONata */
  readonly Output?: Template;
  /** JSONPath */
  readonly InputPath?: NullablePath;
  readonly OutputPath?: NullablePath;
}

interface Continuing extends CommonFields {
  readonly Next?: string;
  readonly End?: boolean;
  readonly Assign?: Template;
}

/** JSONPath: how the result of a state's own work is shaped. */
interface Shaping {
  readonly Parameters?: Template;
  readonly ResultSelector?: Template;
  /** Null: the result is dropped. */
  readonly ResultPath?: NullablePath;
}

export interface Recovering extends Continuing, Shaping {
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
}

export interface PassState extends Continuing, Shaping {
  readonly Type: 'Pass';
  /** JSONPath */
  readonly Result?: unknown;
}

export interface TaskState extends Recovering {
  readonly Type: 'Task';
  readonly Resource: string;
  readonly Arguments?: Template;
  readonly TimeoutSeconds?: Template;
  readonly TimeoutSecondsPath?: string;
  readonly HeartbeatSeconds?: Template;
  readonly HeartbeatSecondsPath?: string;
}

export interface ChoiceRule {
  /** JSONata */
  readonly Condition?: Template;
  readonly Next: string;
  readonly Assign?: Template;
  readonly Output?: Template;
  /** JSONPath: Variable with an operator, or And, Or, Not. */
  readonly [operator: string]: unknown;
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
  readonly SecondsPath?: string;
  readonly Timestamp?: Template;
  readonly TimestampPath?: string;
}

export interface SucceedState extends CommonFields {
  readonly Type: 'Succeed';
}

export interface FailState {
  readonly Type: 'Fail';
  readonly Comment?: string;
  readonly QueryLanguage?: string;
  readonly Error?: Template;
  readonly ErrorPath?: string;
  readonly Cause?: Template;
  readonly CausePath?: string;
}

export interface ParallelState extends Recovering {
  readonly Type: 'Parallel';
  readonly Branches: readonly Workflow[];
  readonly Arguments?: Template;
}

/** Where and how a Map's iterations run; ExecutionType belongs to DISTRIBUTED. */
export interface ProcessorConfig {
  readonly Mode?: 'INLINE' | 'DISTRIBUTED';
  readonly ExecutionType?: 'STANDARD' | 'EXPRESS';
}

export interface ReaderConfig {
  readonly InputType?: string;
  readonly Transformation?: 'NONE' | 'LOAD_AND_FLATTEN';
  readonly CSVDelimiter?: string;
  readonly CSVHeaderLocation?: 'FIRST_ROW' | 'GIVEN';
  readonly CSVHeaders?: readonly string[];
  readonly ItemsPointer?: string;
  readonly MaxItems?: Template;
  readonly MaxItemsPath?: string;
}

/** Where a distributed Map's items come from (ItemReader page). */
export interface ItemReader {
  readonly Resource: string;
  readonly ReaderConfig?: ReaderConfig;
  /** JSONPath */
  readonly Parameters?: Template;
  /** JSONata */
  readonly Arguments?: Template;
}

/** How items are put together for one child execution (ItemBatcher page). */
export interface ItemBatcher {
  readonly MaxItemsPerBatch?: Template;
  readonly MaxItemsPerBatchPath?: string;
  readonly MaxInputBytesPerBatch?: Template;
  readonly MaxInputBytesPerBatchPath?: string;
  readonly BatchInput?: Template;
}

/** What becomes of the child executions' results (ResultWriter page). */
export interface ResultWriter {
  readonly Resource?: string;
  readonly Parameters?: Template;
  readonly Arguments?: Template;
  readonly WriterConfig?: {
    readonly Transformation?: 'NONE' | 'COMPACT' | 'FLATTEN';
    readonly OutputType?: 'JSON' | 'JSONL';
  };
}

export interface MapState extends Recovering {
  readonly Type: 'Map';
  readonly ItemProcessor?: Workflow & { readonly ProcessorConfig?: ProcessorConfig };
  /** Older name of ItemProcessor. */
  readonly Iterator?: Workflow;
  readonly Items?: Template;
  readonly ItemsPath?: string;
  readonly ItemSelector?: Template;
  readonly MaxConcurrency?: Template;
  readonly MaxConcurrencyPath?: string;
  /** Of distributed Maps, as everything below. */
  readonly Label?: string;
  readonly ItemReader?: ItemReader;
  readonly ItemBatcher?: ItemBatcher;
  readonly ResultWriter?: ResultWriter;
  readonly ToleratedFailureCount?: Template;
  readonly ToleratedFailureCountPath?: string;
  readonly ToleratedFailurePercentage?: Template;
  readonly ToleratedFailurePercentagePath?: string;
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
