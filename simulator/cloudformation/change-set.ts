import type {
  Change,
  ChangeSetStatus,
  ChangeSetType,
  ExecutionStatus,
} from '@aws-sdk/client-cloudformation';
import type { StackOptions } from './model.ts';
import type { PlannedStack } from './plan-stack.ts';

export interface ChangeSet {
  readonly id: string;
  readonly name: string;
  readonly type: ChangeSetType;
  readonly description: string | undefined;
  readonly createdAtMs: number;
  readonly planned: PlannedStack;
  readonly options: Partial<StackOptions>;
  readonly disableRollback?: boolean | undefined;
  readonly onStackFailure: string | undefined;
  readonly changes: readonly Change[];
  status: ChangeSetStatus;
  statusReason: string | undefined;
  executionStatus: ExecutionStatus;
}
