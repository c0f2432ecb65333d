/** Step Functions, as much as the functions use. */
export interface Workflow {
  /** `already-started` when the name was taken: the same push, delivered again. */
  startExecution(request: {
    readonly name: string;
    readonly input: unknown;
  }): Promise<'started' | 'already-started'>;
  /** `gone` when the token was answered before or has timed out: harmless (aws-facts 5.3). */
  sendTaskSuccess(taskToken: string, output: unknown): Promise<'accepted' | 'gone'>;
  sendTaskFailure(
    taskToken: string,
    failure: { readonly error: string; readonly cause: string },
  ): Promise<'accepted' | 'gone'>;
}
