import type {
  CapacityProviderStrategyItem,
  DeploymentConfiguration,
  LaunchType,
  LoadBalancer,
  NetworkConfiguration,
  ServiceDeploymentRollbackMonitorsStatus,
  ServiceDeploymentStatus,
  ServiceRegistry,
} from '@aws-sdk/client-ecs';
import type { Service, TaskDefinitionRevision } from '../state.ts';
import type { Task } from '../task.ts';

/** Members of a service whose change needs new tasks: what a service revision is a snapshot of (aws-facts 2.3, 2.9). */
export interface Workload {
  readonly taskDefinition: TaskDefinitionRevision;
  readonly loadBalancers: readonly LoadBalancer[];
  readonly serviceRegistries: readonly ServiceRegistry[];
  readonly networkConfiguration: NetworkConfiguration | undefined;
  /** `LATEST` or a number. */
  readonly platformVersion: string;
  /** Undefined when a strategy chooses the capacity. */
  readonly launchType: LaunchType | undefined;
  readonly capacityProviderStrategy: readonly CapacityProviderStrategyItem[];
}

/** Immutable but for the digests that its first tasks resolve (aws-facts 2.5, 2.9). */
export interface ServiceRevision {
  readonly arn: string;
  readonly service: Service;
  readonly workload: Workload;
  readonly createdAtMs: number;
  /** Image reference to its form by digest. */
  readonly resolvedImages: Map<string, string>;
}

/** One of `deployments[]` of DescribeServices: the tasks of one revision. */
export interface Deployment {
  /** `ecs-svc/` and 19 digits. */
  readonly id: string;
  readonly revision: ServiceRevision;
  readonly serviceDeployment: ServiceDeployment;
  /** The COMPLETED deployment that this one returns to. */
  readonly rollbackTo: string | undefined;
  readonly createdAtMs: number;
  readonly tasks: Set<Task>;
  status: 'PRIMARY' | 'ACTIVE';
  updatedAtMs: number;
  failedTasks: number;
  rolloutState: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';
  rolloutStateReason: string;
}

export interface TaskCounts {
  readonly requestedTaskCount: number;
  readonly runningTaskCount: number;
  readonly pendingTaskCount: number;
}

export interface RevisionSummary extends TaskCounts {
  readonly arn: string;
}

export interface Rollback {
  readonly reason: string;
  readonly startedAtMs: number;
  readonly serviceRevisionArn: string;
}

/** The story of one rollout, kept after its end, its own rollback included (aws-facts 2.9). */
export interface ServiceDeployment {
  readonly arn: string;
  readonly service: Service;
  readonly target: ServiceRevision;
  readonly createdAtMs: number;
  readonly configuration: DeploymentConfiguration;
  readonly circuitBreakerThreshold: number;
  /** Names that were in ALARM at its start are left out: they are ignored (aws-facts 2.6). */
  readonly watchedAlarms: readonly string[];
  status: ServiceDeploymentStatus;
  statusReason: string | undefined;
  sourceSummaries: readonly RevisionSummary[];
  targetCounts: TaskCounts;
  failureCount: number;
  circuitBreaker: ServiceDeploymentRollbackMonitorsStatus;
  alarms: ServiceDeploymentRollbackMonitorsStatus;
  triggeredAlarms: readonly string[];
  rollback: Rollback | undefined;
  startedAtMs: number | undefined;
  finishedAtMs: number | undefined;
  stoppedAtMs: number | undefined;
  updatedAtMs: number;
}
