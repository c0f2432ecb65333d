import type {
  DescribedExecution,
  Executions,
  ListedExecution,
} from '../../../functions/core/ports/executions.ts';

/** Executions of the workflow, newest first as Step Functions lists them. */
export class FakeExecutions implements Executions {
  readonly executions: DescribedExecution[] = [];
  sinceMs = Date.parse('2026-08-01T00:00:00Z');

  async workflowSinceMs(): Promise<number> {
    return this.sinceMs;
  }

  async list(sinceMs: number): Promise<ListedExecution[]> {
    return this.executions
      .filter(({ startedAtMs }) => startedAtMs >= sinceMs)
      .sort((a, b) => b.startedAtMs - a.startedAtMs);
  }

  async describe(executionArn: string): Promise<DescribedExecution> {
    const found = this.executions.find((one) => one.executionArn === executionArn);
    if (found === undefined) throw new Error(`no execution ${executionArn}`);
    return found;
  }
}
