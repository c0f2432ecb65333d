import type { Workflow } from '../../../functions/core/ports/workflow.ts';

export type TaskAnswer =
  | { readonly kind: 'success'; readonly taskToken: string; readonly output: unknown }
  | {
      readonly kind: 'failure';
      readonly taskToken: string;
      readonly error: string;
      readonly cause: string;
    };

/** Remembers executions by name and answers by token; a token can be answered once. */
export class FakeWorkflow implements Workflow {
  readonly executions = new Map<string, unknown>();
  readonly answers: TaskAnswer[] = [];
  /** Tokens that have timed out or were never given out. */
  readonly goneTokens = new Set<string>();
  /** Thrown instead of starting the execution of that name. */
  readonly startFailures = new Map<string, Error>();

  async startExecution({
    name,
    input,
  }: {
    readonly name: string;
    readonly input: unknown;
  }): Promise<'started' | 'already-started'> {
    const failure = this.startFailures.get(name);
    if (failure !== undefined) throw failure;
    if (this.executions.has(name)) return 'already-started';
    this.executions.set(name, input);
    return 'started';
  }

  async sendTaskSuccess(taskToken: string, output: unknown): Promise<'accepted' | 'gone'> {
    return this.#answer({ kind: 'success', taskToken, output });
  }

  async sendTaskFailure(
    taskToken: string,
    { error, cause }: { readonly error: string; readonly cause: string },
  ): Promise<'accepted' | 'gone'> {
    return this.#answer({ kind: 'failure', taskToken, error, cause });
  }

  #answer(answer: TaskAnswer): 'accepted' | 'gone' {
    if (this.goneTokens.has(answer.taskToken)) return 'gone';
    this.goneTokens.add(answer.taskToken);
    this.answers.push(answer);
    return 'accepted';
  }
}
