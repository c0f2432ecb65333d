export interface Deployment {
  readonly deploymentId: string;
  readonly application: string;
  readonly deploymentGroup: string;
  /** DeploymentStatus of CodeDeploy: Created, Queued, InProgress, Baking, Ready, Succeeded, Failed, Stopped. */
  readonly status: string;
  readonly creator: string | undefined;
  readonly description: string | undefined;
  readonly createdAtMs: number;
  readonly completedAtMs: number | undefined;
  readonly error: { readonly code: string; readonly message: string } | undefined;
  readonly rollbackDeploymentId: string | undefined;
  readonly rollbackTriggeringDeploymentId: string | undefined;
  /** Events of auto rollback that apply to this deployment; empty when switched off, undefined when not said. */
  readonly rollbackEvents: readonly string[] | undefined;
}

export interface DeploymentGroup {
  readonly targetGroupNames: readonly string[];
  readonly productionListenerArn: string | undefined;
  readonly testListenerArn: string | undefined;
  readonly alarmNames: readonly string[];
}

export interface TaskSetTraffic {
  readonly taskSetId: string;
  readonly label: 'Blue' | 'Green' | undefined;
  readonly status: string;
  readonly trafficWeight: number;
  readonly targetGroupName: string | undefined;
}

export interface DeploymentTarget {
  readonly lifecycleEvents: readonly {
    readonly name: string;
    readonly status: string;
    readonly startedAtMs: number | undefined;
    readonly endedAtMs: number | undefined;
  }[];
  readonly taskSets: readonly TaskSetTraffic[];
}

/** CodeDeploy. */
export interface Deployments {
  /** Undefined for an unknown id. */
  get(deploymentId: string): Promise<Deployment | undefined>;
  group(application: string, deploymentGroup: string): Promise<DeploymentGroup>;
  /** Undefined while the deployment has no target yet (DeploymentNotStartedException). */
  target(deploymentId: string): Promise<DeploymentTarget | undefined>;
  /** Deployments of the group created at or after `sinceMs`, newest first; plus every active one. */
  list(application: string, deploymentGroup: string, sinceMs: number): Promise<Deployment[]>;
  /** Throws DeploymentConflictError when the group already has an active deployment. */
  create(request: {
    readonly application: string;
    readonly deploymentGroup: string;
    readonly appSpec: string;
    readonly description: string;
  }): Promise<string>;
  /**
   * Stops a deployment and has it rolled back, whatever its group is configured to. `already-completed` for
   * DeploymentAlreadyCompletedException.
   */
  stop(deploymentId: string): Promise<'stopping' | 'already-completed'>;
  /** Ends the wait before the original is terminated; `not-waiting` when there is none, or none any more. */
  endRetention(deploymentId: string): Promise<'ended' | 'not-waiting'>;
  /** `already-completed` for LifecycleEventAlreadyCompletedException. */
  reportHook(
    deploymentId: string,
    hookExecutionId: string,
    status: 'Succeeded' | 'Failed',
  ): Promise<'accepted' | 'already-completed'>;
}
