/** ECS and ECR. */
export interface ContainerSettings {
  /** Container instances that every new cluster has (assumption: on AWS none but those of Auto Scaling groups). */
  readonly containerInstances: number;
  /** What these are, and the instances of Auto Scaling groups that no template declares. */
  readonly containerInstanceType: string;
  /** Provisioning of a task before its container starts. */
  readonly taskStartMs: number;
  /** A rolling service deployment stays PENDING for this long (2.9; 1.6 s in the AWS CLI's own example). */
  readonly serviceDeploymentStartMs: number;
  /** Without load balancer and health check a task counts as healthy after this long in RUNNING (2.6: about 40 s). */
  readonly healthyWithoutCheckMs: number;
  /** Real milliseconds in which such a task may end before time jumps on to its healthy age; 0 for none. */
  readonly uncheckedTaskSettleMs: number;
  /** How long a rolling deployment's alarms are watched once it is steady (2.6: computed by ECS from the alarms). */
  readonly deploymentAlarmBakeMs: number;
  /** Real milliseconds between a container's SIGTERM and SIGKILL at most, however long its `stopTimeout` is. */
  readonly containerStopMs: number;
  /** How long a service's event about the same problem is not repeated (2.6). */
  readonly repeatedServiceEventMs: number;
  /** From a push until ECR knows that it will scan: ScanNotFoundException until then (not published; seconds). */
  readonly imageScanBeginMs: number;
  /** How long ECR takes to scan an image (not published; seconds to minutes in public threads). */
  readonly imageScanMs: number;
  /** How often ECR carries out lifecycle policies (user guide: an image goes within 24 hours). */
  readonly imageLifecycleMs: number;
  /** The image registry answers 401 to requests without a token of GetAuthorizationToken, as ECR does. */
  readonly requireRegistryCredentials: boolean;
  /** Which digest `containers[].imageDigest` shows for an index: its own, or the platform's (2.5: not documented). */
  readonly indexImageDigest: 'index' | 'platform';
  /** From DeleteTaskDefinitions until the revision is gone (not published). */
  readonly taskDefinitionDeletionMs: number;
  /** Task sets that drain count against the five of a service (2.4 speaks of leaked ACTIVE ones). */
  readonly drainingTaskSetsCount: boolean;
  /** What DescribeImageScanFindings says of an index (1.5, assumption). */
  readonly indexScan: 'ScanNotFoundException' | 'UNSUPPORTED_IMAGE';
  /** Share of a machine's memory that an agent registers (not published; about 97 % of an m5.large). */
  readonly registeredMemoryPercent: number;
  /** Real milliseconds for which a container that others wait for keeps time from jumping. */
  readonly dependencyHoldMs: number;
  /** `imagePushedAt` of an image that gets one more tag: of its first push, or of the tag's (not documented). */
  readonly retaggedImagePushedAt: 'kept' | 'moved';
  /** Which sound tasks a rolling service stops first: its newest, or its oldest (not documented). */
  readonly tasksStoppedFirst: 'newest' | 'oldest';
}

export const defaultContainerSettings: ContainerSettings = {
  containerInstances: 0,
  containerInstanceType: 'm5.large',
  taskStartMs: 15_000,
  serviceDeploymentStartMs: 1_600,
  healthyWithoutCheckMs: 40_000,
  uncheckedTaskSettleMs: 1_000,
  deploymentAlarmBakeMs: 300_000,
  containerStopMs: 2_000,
  repeatedServiceEventMs: 21_600_000,
  imageScanBeginMs: 2_000,
  imageScanMs: 5_000,
  imageLifecycleMs: 86_400_000,
  requireRegistryCredentials: false,
  indexImageDigest: 'index',
  taskDefinitionDeletionMs: 3_600_000,
  drainingTaskSetsCount: false,
  indexScan: 'ScanNotFoundException',
  registeredMemoryPercent: 97,
  dependencyHoldMs: 10_000,
  retaggedImagePushedAt: 'kept',
  tasksStoppedFirst: 'newest',
};
