import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';

export type HookVerdict = 'Succeeded' | 'Failed';

/** One invocation of a hook function that waits for its report. */
export class HookExecution {
  readonly id: string;
  readonly deploymentId: string;
  verdict: HookVerdict | undefined;
  /** True once the lifecycle event is over, reported or not. */
  closed = false;
  readonly #listeners = new Set<() => void>();

  constructor(id: string, deploymentId: string) {
    this.id = id;
    this.deploymentId = deploymentId;
  }

  report(verdict: HookVerdict): void {
    this.verdict = verdict;
    for (const listener of [...this.#listeners]) listener();
  }

  onReport(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** The hook executions of all deployments, by their opaque id. */
export class HookExecutions {
  readonly #world: World;
  readonly #executions = new Map<string, HookExecution>();

  constructor(world: World) {
    this.#world = world;
  }

  /** The id is base64 JSON with random content: unique and opaque (aws-facts 3.3). */
  open(deploymentId: string): HookExecution {
    const { ids } = this.#world;
    const blob = (length: number) => Buffer.from(ids.hex(length * 2), 'hex').toString('base64');
    const id = Buffer.from(
      JSON.stringify({
        encryptedData: blob(48),
        ivParameterSpec: blob(12),
        materialSetSerial: 1,
      }),
    ).toString('base64');
    const execution = new HookExecution(id, deploymentId);
    this.#executions.set(id, execution);
    return execution;
  }

  /** PutLifecycleEventHookExecutionStatus; only Succeeded and Failed are accepted (aws-facts 3.3). */
  report(deploymentId: string, executionId: string | undefined, status: string | undefined): void {
    const execution = executionId === undefined ? undefined : this.#executions.get(executionId);
    if (execution?.deploymentId !== deploymentId) {
      throw new AwsError(
        'InvalidLifecycleEventHookExecutionIdException',
        `The lifecycle event hook execution id is not valid for deployment ${deploymentId}: ${executionId ?? 'null'}`,
      );
    }
    if (status !== 'Succeeded' && status !== 'Failed') {
      throw new AwsError(
        'InvalidLifecycleEventHookExecutionStatusException',
        `The lifecycle event hook execution status must be Succeeded or Failed, not ${status}`,
      );
    }
    if (execution.closed || execution.verdict !== undefined) {
      throw new AwsError(
        'LifecycleEventAlreadyCompletedException',
        `The lifecycle event of deployment ${deploymentId} has already been completed`,
      );
    }
    execution.report(status);
  }
}
