import type { DeploymentTarget } from '../../functions/core/ports/deployments.ts';
import type { DescribedExecution, ListedExecution } from '../../functions/core/ports/executions.ts';
import type { ExecutionProgress } from './execution-progress.ts';

/** What a person's credentials can see of releases; everything here only reads. */
export interface ReleaseAccount {
  readonly stateMachineArn: string;
  /** Executions started at or after `sinceMs`, newest first. */
  executions(sinceMs: number): Promise<ListedExecution[]>;
  describe(executionArn: string): Promise<DescribedExecution>;
  progress(executionArn: string): Promise<ExecutionProgress>;
  /** Undefined when CodeDeploy has no target yet, or may not be asked. */
  deploymentTarget(deploymentId: string): Promise<DeploymentTarget | undefined>;
  /** A JSON record of the records bucket; undefined when it is not there, or may not be read. */
  record(key: string): Promise<unknown>;
}
