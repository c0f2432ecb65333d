import type { RollingTarget } from '../config/schema.ts';

/** One rollout of a service under the ECS controller, its own rollback included (aws-facts 2.9). */
export interface ServiceDeployment {
  readonly arn: string;
  /**
   * PENDING, IN_PROGRESS, SUCCESSFUL, STOP_REQUESTED, STOPPED, ROLLBACK_REQUESTED, ROLLBACK_IN_PROGRESS,
   * ROLLBACK_SUCCESSFUL or ROLLBACK_FAILED.
   */
  readonly status: string;
  readonly statusReason: string | undefined;
  readonly createdAtMs: number;
  readonly finishedAtMs: number | undefined;
  readonly target: {
    readonly revisionArn: string;
    readonly requestedTaskCount: number;
    readonly runningTaskCount: number;
    readonly pendingTaskCount: number;
  };
  readonly rollback:
    | { readonly reason: string | undefined; readonly serviceRevisionArn: string | undefined }
    | undefined;
  /** Of the circuit breaker; undefined where it is off. */
  readonly failures: { readonly count: number; readonly threshold: number } | undefined;
  readonly triggeredAlarmNames: readonly string[];
}

/** What a service was to run at one time; ECS never changes one (aws-facts 2.9). */
export interface ServiceRevision {
  readonly arn: string;
  readonly taskDefinitionArn: string;
}

/** A service deployment with what its target revision runs. */
export interface Rollout extends ServiceDeployment {
  readonly taskDefinitionArn: string;
}

export interface RolloutRequest
  extends Pick<
    RollingTarget,
    | 'cluster'
    | 'service'
    | 'minimumHealthyPercent'
    | 'maximumPercent'
    | 'healthCheckGracePeriodSeconds'
    | 'circuitBreaker'
    | 'alarms'
  > {
  readonly taskDefinitionArn: string;
}

/** Rolling updates of services under the ECS controller. */
export interface ServiceDeployments {
  /** Rollouts of the service created at or after `sinceMs`, newest first; plus the one that is not over. */
  list(cluster: string, service: string, sinceMs: number): Promise<Rollout[]>;
  /** Undefined for one that ECS does not know. */
  get(arn: string): Promise<ServiceDeployment | undefined>;
  /** Starts a rollout; one that still runs is stopped by it. TransientAwsError leaves open whether it did, unless throttled. */
  start(request: RolloutRequest): Promise<void>;
  /** Stops a rollout and has it rolled back; `already-completed` for one that is over. */
  stop(arn: string): Promise<'stopping' | 'already-completed'>;
}
