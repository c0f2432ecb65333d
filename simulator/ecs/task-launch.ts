import type {
  LaunchType,
  NetworkConfiguration,
  ServiceRegistry,
  TaskOverride,
} from '@aws-sdk/client-ecs';
import type { Cluster, TaskDefinitionRevision } from './state.ts';

/** What a task is started from, whoever starts it: a task set, a service deployment or RunTask. */
export interface TaskLaunch {
  readonly cluster: Cluster;
  readonly taskDefinition: TaskDefinitionRevision;
  /** `service:NAME`, `family:FAMILY`, or what RunTask was given. */
  readonly group: string;
  /** Task set or deployment id, or what RunTask was given. */
  readonly startedBy: string | undefined;
  readonly launchType: LaunchType;
  /** Given when a strategy chose the capacity; the answer then has no launch type. */
  readonly capacityProviderName?: string | undefined;
  readonly networkConfiguration: NetworkConfiguration | undefined;
  /** Of a service: where its running tasks are registered. */
  readonly serviceRegistries?: readonly ServiceRegistry[] | undefined;
  /** `LATEST` or a number. */
  readonly platformVersion: string;
  readonly enableExecuteCommand: boolean;
  /** Image reference to digest, resolved by the first task of a launch (aws-facts 2.5, versionConsistency). */
  readonly resolvedImages: Map<string, string>;
  readonly overrides?: TaskOverride | undefined;
  readonly tags?: ReadonlyMap<string, string> | undefined;
}
