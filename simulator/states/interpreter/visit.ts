import type { State } from '../definition/workflow.ts';
import { QueryError, type StatesData } from '../query/query-language.ts';
import type { Branch, Position } from './branch.ts';
import { contextObject } from './context-object.ts';
import type { Run } from './run.ts';
import type { Scope } from './scope.ts';
import { StatesError } from './states-error.ts';
import type { Track } from './track.ts';

export interface VisitOptions<S extends State> {
  readonly run: Run;
  readonly branch: Branch;
  readonly track: Track;
  readonly scope: Scope;
  readonly state: S;
  readonly position: Position;
  /** The visit goes on in a redrive: the state was entered before. */
  readonly resumed: boolean;
}

/** One stay in one state, all its retries included. */
export class Visit<S extends State = State> {
  readonly run: Run;
  readonly branch: Branch;
  readonly track: Track;
  readonly scope: Scope;
  readonly state: S;
  readonly position: Position;
  /** True until the first retry of a visit that a redrive continues. */
  resumed: boolean;
  retryCount = 0;
  taskToken: string | undefined;
  /** Of the latest attempt: the failure of a branch, an iteration or a Map Run. */
  failedChild: StatesError | undefined;

  constructor(options: VisitOptions<S>) {
    this.run = options.run;
    this.branch = options.branch;
    this.track = options.track;
    this.scope = options.scope;
    this.state = options.state;
    this.position = options.position;
    this.resumed = options.resumed;
  }

  get name(): string {
    return this.position.state;
  }

  get input(): unknown {
    return this.position.input;
  }

  /** A state's own QueryLanguage, else the machine's; JSONPath is AWS's default. */
  get usesJsonPath(): boolean {
    const machine = this.run.execution.machine.workflow.QueryLanguage;
    return (this.state.QueryLanguage ?? machine ?? 'JSONPath') === 'JSONPath';
  }

  /** Evaluates a field of the state; an undefined or failing expression is States.QueryEvaluationError. */
  async evaluate(
    template: unknown,
    field: string,
    data: Partial<StatesData> = {},
  ): Promise<unknown> {
    const states = { input: this.input, context: contextObject(this), ...data };
    try {
      const variables = this.branch.variables.visible();
      return await this.run.query.evaluate(template, field, states, variables);
    } catch (error) {
      if (!(error instanceof QueryError)) throw error;
      const failure = this.failure('States.QueryEvaluationError', error.message);
      this.track.append(this.scope, 'EvaluationFailed', {
        evaluationFailedEventDetails: {
          ...failure.eventDetails,
          location: error.location,
          state: this.name,
        },
      });
      throw failure;
    }
  }

  /** A field's value is not one that the field can take. */
  fieldFailure(message: string): StatesError {
    const error = this.usesJsonPath ? 'States.Runtime' : 'States.QueryEvaluationError';
    return this.failure(error, message);
  }

  /** An error that the interpreter itself raises in this state, worded as AWS does. */
  failure(error: string, message: string): StatesError {
    const where = `'${this.name}' (entered at the event id #${this.position.enteredEventId})`;
    return new StatesError(
      error,
      `An error occurred while executing the state ${where}. ${message}`,
    );
  }
}
