import type {
  LoggingConfiguration,
  StateMachineStatus,
  StateMachineType,
  Tag,
  TracingConfiguration,
} from '@aws-sdk/client-sfn';
import type { Workflow } from '../definition/workflow.ts';

/** A state machine as it stands; an execution keeps the one it was started with (aws-facts 5.5). */
export interface StateMachine {
  readonly arn: string;
  readonly name: string;
  readonly type: StateMachineType;
  readonly status: StateMachineStatus;
  /** JSON text as it was given. */
  readonly definition: string;
  readonly workflow: Workflow;
  readonly roleArn: string;
  readonly createdMs: number;
  readonly updatedMs: number;
  /** Changes with every update; absent before the first. */
  readonly revisionId: string | undefined;
  readonly logging: LoggingConfiguration;
  readonly tracing: TracingConfiguration;
  readonly tags: readonly Tag[];
}

/** What an execution is started from: a machine as it stands, or one of its versions. */
export interface StartTarget {
  readonly machine: StateMachine;
  /** The version that runs, named outright or drawn by an alias. */
  readonly versionArn?: string;
  readonly aliasArn?: string;
}
