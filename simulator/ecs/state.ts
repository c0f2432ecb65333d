import type {
  CapacityProviderStrategyItem,
  DeploymentConfiguration,
  LaunchType,
  LoadBalancer,
  NetworkConfiguration,
  PlacementConstraint,
  PlacementStrategy,
  PropagateTags,
  ServiceRegistry,
  TaskDefinition,
} from '@aws-sdk/client-ecs';
import type { Cluster } from './cluster.ts';
import type { Task } from './task.ts';

export type { Cluster } from './cluster.ts';

export interface TaskDefinitionRevision {
  readonly arn: string;
  readonly family: string;
  readonly revision: number;
  /** As DescribeTaskDefinition answers it; tags stand beside it (aws-facts 2.1). */
  document: TaskDefinition;
  readonly tags: Map<string, string>;
}

export interface ServiceEvent {
  readonly id: string;
  readonly createdAtMs: number;
  readonly message: string;
}

/** Members that CreateService sets and UpdateService may change without a deployment (aws-facts 2.3). */
export interface ServiceSettings {
  desiredCount: number;
  healthCheckGracePeriodSeconds: number;
  deploymentConfiguration: DeploymentConfiguration;
  placementConstraints: PlacementConstraint[];
  placementStrategy: PlacementStrategy[];
  enableECSManagedTags: boolean;
  propagateTags: PropagateTags;
}

/** Who moves a service's tasks (aws-facts 2.3). */
export type ServiceController = 'ECS' | 'CODE_DEPLOY' | 'EXTERNAL';

export interface Service {
  readonly arn: string;
  readonly controller: ServiceController;
  readonly name: string;
  readonly cluster: Cluster;
  readonly createdAtMs: number;
  readonly createdBy: string;
  /** With which ECS registers targets. */
  readonly roleArn: string;
  readonly settings: ServiceSettings;
  /** A repeated CreateService with the same one answers this service. */
  readonly clientToken: string | undefined;
  /** Concerns tasks that are started later. */
  enableExecuteCommand: boolean;
  readonly tags: Map<string, string>;
  status: 'ACTIVE' | 'DRAINING' | 'INACTIVE';
  /** Newest first. */
  events: ServiceEvent[];
  /** Oldest first. */
  taskSets: TaskSet[];
  /** Tasks of all sets and deployments, stopped ones for an hour. */
  readonly tasks: Set<Task>;
}

export interface TaskSet {
  /** `ecs-svc/` and 19 digits. */
  readonly id: string;
  readonly arn: string;
  readonly service: Service;
  /** The CodeDeploy deployment that made it. */
  readonly externalId: string | undefined;
  readonly taskDefinition: TaskDefinitionRevision;
  readonly loadBalancer: LoadBalancer | undefined;
  readonly serviceRegistries: readonly ServiceRegistry[];
  readonly networkConfiguration: NetworkConfiguration | undefined;
  readonly platformVersion: string;
  /** Undefined when a strategy chooses the capacity. */
  readonly launchType: LaunchType | undefined;
  readonly capacityProviderStrategy: readonly CapacityProviderStrategyItem[];
  readonly tags: Map<string, string>;
  /** Share of the service's desired count, 0 to 100. */
  scalePercent: number;
  readonly createdAtMs: number;
  /** Image reference to digest, resolved by the set's first task (aws-facts 2.5, versionConsistency). */
  readonly resolvedImages: Map<string, string>;
  status: 'PRIMARY' | 'ACTIVE' | 'DRAINING';
  updatedAtMs: number;
  stabilityStatus: 'STEADY_STATE' | 'STABILIZING';
  stabilityStatusAtMs: number;
}
