/** The template asks for something the simulator does not model; `problems` holds every one, a sentence each. */
export class TemplateRefusedError extends Error {
  override readonly name = 'TemplateRefusedError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/** One resource could not be created. What was created before stays and is described; nothing after it was tried. */
export class StackCreationError extends Error {
  override readonly name = 'StackCreationError';
  readonly logicalId: string;
  readonly reason: string;

  constructor(
    failed: {
      readonly stackName: string;
      readonly logicalId: string;
      readonly type: string;
      readonly reason: string;
    },
    options?: ErrorOptions,
  ) {
    const { stackName, logicalId, type, reason } = failed;
    super(`CREATE_FAILED: ${logicalId} (${type}) of stack ${stackName}: ${reason}`, options);
    this.logicalId = logicalId;
    this.reason = reason;
  }
}
