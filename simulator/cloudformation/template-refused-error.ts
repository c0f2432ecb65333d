/** The template asks for something the simulator does not model; `problems` holds every one, a sentence each. */
export class TemplateRefusedError extends Error {
  override readonly name = 'TemplateRefusedError';
  readonly problems: readonly string[];
  /** What AWS says of it, where AWS refuses it as well. */
  readonly awsMessage: string | undefined;

  constructor(problems: readonly string[], awsMessage?: string) {
    super(problems.join('\n'));
    this.problems = problems;
    this.awsMessage = awsMessage;
  }
}

/**
 * One resource could not be created or updated. What was created before stays and is described, what was
 * updated before was rolled back; nothing after it was tried.
 */
export class StackCreationError extends Error {
  override readonly name = 'StackCreationError';
  readonly logicalId: string;
  readonly reason: string;

  constructor(
    failed: {
      readonly status: 'CREATE_FAILED' | 'UPDATE_FAILED';
      readonly stackName: string;
      readonly logicalId: string;
      readonly type: string;
      readonly reason: string;
    },
    options?: ErrorOptions,
  ) {
    const { status, stackName, logicalId, type, reason } = failed;
    super(`${status}: ${logicalId} (${type}) of stack ${stackName}: ${reason}`, options);
    this.logicalId = logicalId;
    this.reason = reason;
  }
}
