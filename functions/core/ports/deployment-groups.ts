/** How a deployment shifts production traffic; percent and minutes as CodeDeploy counts them (aws-facts 3.7). */
export type TrafficShift =
  | { readonly type: 'AllAtOnce' }
  | {
      readonly type: 'TimeBasedCanary' | 'TimeBasedLinear';
      readonly percentage: number;
      readonly intervalMinutes: number;
    };

/** Settings of a deployment group that decide how its deployments go. */
export interface DeploymentGroupSettings {
  readonly deploymentConfigName: string;
  readonly serviceRoleArn: string;
  /** What the group deploys; undefined for one that is not of the ECS platform. */
  readonly ecsService: { readonly cluster: string; readonly service: string } | undefined;
  readonly targetGroupNames: readonly string[];
  readonly productionListenerArn: string | undefined;
  readonly testListenerArn: string | undefined;
  /** Events of automatic rollback; empty when it is switched off. */
  readonly rollbackEvents: readonly string[];
  /** Alarms that stop a deployment; empty when they are switched off. */
  readonly alarmNames: readonly string[];
  /** Alarms that are named while all of them are switched off. */
  readonly switchedOffAlarmNames?: readonly string[];
  /** Longest wait for somebody to continue before production traffic moves; 0 without one. */
  readonly readyWaitMinutes: number;
  /** How long the original is kept after the shift. */
  readonly terminationWaitMinutes: number;
}

/** CodeDeploy's deployment groups and configurations, read only. */
export interface DeploymentGroups {
  /** Undefined when application or group is not there. */
  settings(
    application: string,
    deploymentGroup: string,
  ): Promise<DeploymentGroupSettings | undefined>;
  shift(deploymentConfigName: string): Promise<TrafficShift>;
}
