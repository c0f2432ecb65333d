/** An error inside an execution: what Retry and Catch match on, and what the execution ends with. */
export class StatesError extends Error {
  override readonly name = 'StatesError';
  /** `States.Timeout`, `Lambda.Unknown`, a function's error type; absent when a callback gave none. */
  readonly error: string | undefined;
  /** AWS leaves the cause of a timeout out altogether. */
  readonly details: string | undefined;

  constructor(error: string | undefined, details?: string) {
    super(`${error ?? 'Error'}: ${details ?? 'no cause given'}`);
    this.error = error;
    this.details = details;
  }

  /** `$states.errorOutput`, and what history events carry in lower case. */
  get output(): { Error?: string; Cause?: string } {
    return {
      ...(this.error === undefined ? {} : { Error: this.error }),
      ...(this.details === undefined ? {} : { Cause: this.details }),
    };
  }

  /** The same in the spelling of history events and of DescribeExecution. */
  get eventDetails(): { error?: string; cause?: string } {
    return {
      ...(this.error === undefined ? {} : { error: this.error }),
      ...(this.details === undefined ? {} : { cause: this.details }),
    };
  }
}

/** A Task's own time ran out; unlike an error that merely carries the name. AWS gives no cause. */
export class TaskTimeout extends StatesError {
  constructor(error: 'States.Timeout' | 'States.HeartbeatTimeout') {
    super(error);
  }
}
