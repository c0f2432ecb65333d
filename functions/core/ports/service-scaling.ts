/** Application Auto Scaling of one ECS service. */
export interface ServiceScaling {
  readonly minTasks: number;
  readonly maxTasks: number;
  readonly suspended: {
    readonly scalingIn: boolean;
    readonly scalingOut: boolean;
    readonly scheduled: boolean;
  };
  readonly policyNames: readonly string[];
}

/** Application Auto Scaling, read only. */
export interface ScalingInspection {
  /** Undefined when the service's desired count is not a scalable target. */
  ofService(cluster: string, service: string): Promise<ServiceScaling | undefined>;
}
