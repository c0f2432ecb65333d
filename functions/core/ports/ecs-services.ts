export interface TaskSet {
  readonly id: string;
  readonly taskSetArn: string;
  /** The CodeDeploy deployment id that made it. */
  readonly externalId: string | undefined;
  readonly status: string;
  readonly taskDefinitionArn: string;
  readonly computedDesiredCount: number;
  readonly pendingCount: number;
  readonly runningCount: number;
  readonly stabilityStatus: string;
  readonly targetGroupArn: string | undefined;
  readonly createdAtMs: number;
}

/** A deployment of the ECS controller, as DescribeServices lists it. */
export interface EcsDeployment {
  /** `ecs-svc/…`, `startedBy` of its tasks. */
  readonly id: string;
  /** PRIMARY, ACTIVE or INACTIVE. */
  readonly status: string;
  readonly taskDefinitionArn: string;
  readonly desiredCount: number;
  readonly runningCount: number;
  readonly pendingCount: number;
  /** COMPLETED, FAILED or IN_PROGRESS. */
  readonly rolloutState: string | undefined;
  readonly createdAtMs: number;
}

/** How the ECS controller deploys a service. */
export interface RollingState {
  /** Newest first. */
  readonly deployments: readonly EcsDeployment[];
  /** ROLLING, BLUE_GREEN, LINEAR or CANARY. */
  readonly strategy: string;
  readonly minimumHealthyPercent: number;
  readonly maximumPercent: number;
  readonly circuitBreaker: { readonly enable: boolean; readonly rollback: boolean };
  /** Empty when switched off. */
  readonly alarmNames: readonly string[];
  readonly targetGroupArns: readonly string[];
}

export interface EcsService {
  readonly serviceArn: string;
  readonly deploymentController: string;
  readonly desiredCount: number;
  /** The load-balanced container, as configured on the service or its primary task set. */
  readonly loadBalancedContainer: { readonly name: string; readonly port: number } | undefined;
  /** EC2, FARGATE or EXTERNAL; undefined when capacity providers decide. */
  readonly launchType: string | undefined;
  readonly capacityProviders: readonly string[];
  /** Of awsvpc tasks, as the primary task set has it or else the service. */
  readonly network:
    | { readonly subnetIds: readonly string[]; readonly securityGroupIds: readonly string[] }
    | undefined;
  /** For so long failing health checks stop no task (aws-facts 2.5). */
  readonly healthCheckGracePeriodSeconds: number;
  readonly primaryTaskSet: TaskSet | undefined;
  readonly taskSets: readonly TaskSet[];
  /** Missing under another controller than ECS. */
  readonly rolling?: RollingState | undefined;
}

export interface Task {
  readonly taskArn: string;
  readonly lastStatus: string;
  /** Task set id, for tasks of a CODE_DEPLOY service. */
  readonly startedBy: string | undefined;
  readonly taskDefinitionArn: string;
  readonly stopCode: string | undefined;
  readonly stoppedReason: string | undefined;
  readonly containers: readonly {
    readonly name: string;
    readonly imageDigest: string | undefined;
    readonly exitCode: number | undefined;
    readonly reason: string | undefined;
  }[];
}

/** ECS services and tasks, read only. */
export interface EcsServices {
  /** Undefined when the cluster or the service is not there. */
  describeService(cluster: string, service: string): Promise<EcsService | undefined>;
  /** Running tasks of the service, both task sets. */
  listRunningTasks(cluster: string, service: string): Promise<Task[]>;
}
