export interface Platform {
  /** OCI spelling: `linux`. */
  readonly os: string;
  /** OCI spelling: `amd64`, `arm64`. */
  readonly architecture: string;
}

export interface PulledImage {
  /** Digest of what the reference named: an index or a single manifest. */
  readonly digest: string;
  /** Digest of the platform's own manifest; equals `digest` for a single manifest. */
  readonly platformDigest: string;
  readonly platform: Platform;
  /** Unpacked root file system, shared by all tasks of this image; read only. */
  readonly rootDirectory: string;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly workingDirectory: string;
  /** Paths of its VOLUME instructions. */
  readonly volumes?: readonly string[];
}

export interface EcrService {
  /** Resolves and unpacks an image; rejects with an Error whose message is ECS's stoppedReason text. */
  pull(reference: string, platform: Platform): Promise<PulledImage>;
  /** Makes sure a repository exists (asset publishing, bootstrap). */
  ensureRepository(name: string): void;
}

export interface TaskSetView {
  readonly id: string;
  readonly taskSetArn: string;
  readonly externalId: string | undefined;
  readonly status: 'PRIMARY' | 'ACTIVE' | 'DRAINING';
  readonly taskDefinition: string;
  readonly computedDesiredCount: number;
  readonly pendingCount: number;
  readonly runningCount: number;
  readonly stabilityStatus: 'STEADY_STATE' | 'STABILIZING';
  readonly targetGroupArn: string | undefined;
}

export interface EcsServiceView {
  readonly serviceArn: string;
  readonly serviceName: string;
  readonly clusterArn: string;
  readonly clusterName: string;
  readonly deploymentController: 'ECS' | 'CODE_DEPLOY' | 'EXTERNAL';
  readonly desiredCount: number;
  readonly taskSets: readonly TaskSetView[];
}

export interface CreateTaskSetRequest {
  readonly cluster: string;
  readonly service: string;
  readonly taskDefinition: string;
  /** The CodeDeploy deployment id. */
  readonly externalId: string;
  readonly targetGroupArn: string;
  readonly containerName: string;
  readonly containerPort: number;
  /** AppSpec overrides; what is left out is inherited from the primary task set. */
  readonly platformVersion?: string;
  readonly networkConfiguration?: unknown;
  readonly capacityProviderStrategy?: unknown;
}

export interface EcsService {
  /** The container instance upon an EC2 instance; undefined once it has left its cluster. */
  containerInstance(
    ec2InstanceId: string,
  ): { readonly privateIp: string; readonly availabilityZone: string } | undefined;
  service(cluster: string, service: string): EcsServiceView | undefined;
  taskDefinitionExists(arn: string): boolean;
  /** Execution and task role of a task definition, to be passed to its tasks. */
  taskDefinitionRoles(arn: string): readonly string[];
  createTaskSet(request: CreateTaskSetRequest): TaskSetView;
  updateServicePrimaryTaskSet(cluster: string, service: string, taskSetId: string): void;
  /** Stops the tasks and forgets the set once they are gone. */
  deleteTaskSet(cluster: string, service: string, taskSetId: string): void;
  /** Called whenever counts or stability of the service's task sets change; returns the unsubscriber. */
  onTaskSetChange(cluster: string, service: string, changed: () => void): () => void;
}

export interface CodeDeployService {
  /** Present so that other services can tell whether a group is busy. */
  activeDeployment(application: string, deploymentGroup: string): string | undefined;
}
