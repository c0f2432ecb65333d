/**
 * Behaviour that AWS does not document, or that takes time on AWS: named so that it can be switched.
 * Every field cites the fact it stands for. Durations are virtual milliseconds.
 */
export interface Settings {
  /** Creation until the first lifecycle event; targets answer DeploymentNotStarted until then (3.5). */
  readonly deploymentStartDelayMs: number;
  /** A hook event without a function still appears, Succeeded, after this (3.1: 0.4 to 0.7 s). */
  readonly emptyHookMs: number;
  /** What such an event shows (3.1: the documented sample says Succeeded, other records Skipped). */
  readonly emptyHookStatus: 'Succeeded' | 'Skipped';
  /** Error code of a hook that does not report within an hour (3.2, assumption). */
  readonly silentHookErrorCode: 'HOOK_EXECUTION_FAILURE' | 'TIMEOUT';
  /** Error code of a hook function that is not there (3.4, assumption). */
  readonly missingHookErrorCode: 'INVALID_LAMBDA_FUNCTION' | 'HOOK_EXECUTION_FAILURE';
  /** Error code of a replacement that is not steady within an hour (3.2, assumption). */
  readonly unsteadyReplacementErrorCode: 'TIMEOUT' | 'ECS_UPDATE_ERROR';
  /** Error code of a deployment whose first event does not begin in five minutes (3.12, assumption). */
  readonly unstartedDeploymentErrorCode: 'TIMEOUT' | 'INTERNAL_ERROR';
  /** Error code of traffic that has not shifted 120 hours after Install (3.12, assumption). */
  readonly lateTrafficErrorCode: 'TIMEOUT' | 'ECS_UPDATE_ERROR';
  /** Error code of scaling during a shift that is not steady in five minutes (3.12, assumption). */
  readonly unsettledScalingErrorCode: 'TIMEOUT' | 'AUTOSCALING_VALIDATION_ERROR';
  /** Which shift of a canary or linear deployment makes the replacement PRIMARY (3.1, undocumented, assumption). */
  readonly primaryAfterShift: 'last' | 'first';
  /** Failed or Stopped until the rollback deployment is created and linked (3.8, assumption). */
  readonly rollbackGapMs: number;
  /** How long a rollback deployment takes to move traffic (3.8: seconds, not minutes). */
  readonly rollbackMs: number;
  /** A shift of listener weights (3.10: AllowTraffic took 0.7 s in the tutorial). */
  readonly trafficShiftMs: number;
  /** How often a deployment's alarms are looked at (3.9: not published). */
  readonly alarmPollMs: number;
  /** CodeDeploy invokes hooks asynchronously, thus with Lambda's two retries (3.3, assumption). */
  readonly hookInvocation: 'Event' | 'RequestResponse';
  /** A function is Pending, an update of it InProgress, for this long (not published; about a second without a VPC). */
  readonly functionUpdateMs: number;
  /** Functions of the account that may run at a time (Lambda quotas: 1,000; new accounts have less). */
  readonly concurrentExecutions: number;
  /** Delay between an event's publication and its delivery. */
  readonly eventDeliveryMs: number;
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
  /** From a push until ECR knows that it will scan: ScanNotFoundException until then (not published; seconds). */
  readonly imageScanBeginMs: number;
  /** How long ECR takes to scan an image (not published; seconds to minutes in public threads). */
  readonly imageScanMs: number;
  /** How often ECR carries out lifecycle policies (user guide: an image goes within 24 hours). */
  readonly imageLifecycleMs: number;
  /** How long CloudFormation takes for each resource of a stack, waits of the resource itself not counted (not published). */
  readonly stackResourceMs: number;
  /** From RequestCertificate until a public authority has validated the names (ACM guide: minutes with DNS). */
  readonly certificateValidationMs: number;
  /** EventBridge refuses PutEvents for sources that begin with `aws.`; off, a rehearsal can send them by hand. */
  readonly refuseReservedEventSources: boolean;
  /** Calls are throttled by the documented token buckets of the account (2.2); `false` lets all through. */
  readonly requestQuotas: boolean;
  /**
   * What a state machine fails with when a path in Parameters or the like names nothing: AWS documents
   * States.ParameterPathFailure, which Retry and Catch match; recorded executions show States.Runtime,
   * which nothing matches (5.4).
   */
  readonly missingPathError: 'States.Runtime' | 'States.ParameterPathFailure';
  /** Parameters of AWS-specific types must name a VPC, subnet, group, zone or parameter that is there. */
  readonly checkParameterResources: boolean;
  /** From registration or attachment of a target until its first health check (4.3: not published). */
  readonly firstHealthCheckMs: number;
  /** Percentage of its share that a target begins slow start with (ALB guide tells only that it grows linearly). */
  readonly slowStartPercent: number;
  /** How many periods further back than it evaluates an alarm looks for data (not published). */
  readonly furtherAlarmPeriods: number;
  /** How long a service's event about the same problem is not repeated (2.6). */
  readonly repeatedServiceEventMs: number;
  /** Memory that a function's process may take beyond its setting, MB: Node.js itself, which counts on Lambda. */
  readonly functionMemoryAllowanceMb: number;
  /** Retry and Catch match States.DataLimitExceeded by its own name (5.4 calls it terminal; assumption). */
  readonly recoverFromDataLimit: boolean;
  /** STANDARD children of a Map Run send Execution Status Change events as others do (assumption). */
  readonly mapRunChildEvents: boolean;
  /**
   * What a distributed Map fails with when its machine's role may not start executions of the machine (IAM
   * policies for distributed Map states page; the name is not documented, assumption).
   */
  readonly mapRunDeniedError: 'States.Permissions' | 'StepFunctions.AccessDeniedException';
  /** Every call of a handed-out access key, and what services do for roles, is authorised; `false` allows all. */
  readonly enforceIam: boolean;
  /** IAM refuses a policy whose JSON names a member twice (not documented); off, the last one counts. */
  readonly refuseRepeatedPolicyKeys: boolean;
  /** The image registry answers 401 to requests without a token of GetAuthorizationToken, as ECR does. */
  readonly requireRegistryCredentials: boolean;
  /** S3 refuses presigned URLs whose time is over; off, since virtual time runs ahead of who signs outside. */
  readonly refuseExpiredUrls: boolean;
  /** Every answer is held against the service's model; for tests (GREENGATE_CHECK_RESPONSES=true). */
  readonly checkResponses: boolean;
}

export const defaultSettings: Settings = {
  deploymentStartDelayMs: 1_000,
  emptyHookMs: 500,
  emptyHookStatus: 'Succeeded',
  silentHookErrorCode: 'HOOK_EXECUTION_FAILURE',
  missingHookErrorCode: 'INVALID_LAMBDA_FUNCTION',
  unsteadyReplacementErrorCode: 'TIMEOUT',
  unstartedDeploymentErrorCode: 'TIMEOUT',
  lateTrafficErrorCode: 'TIMEOUT',
  unsettledScalingErrorCode: 'TIMEOUT',
  primaryAfterShift: 'last',
  rollbackGapMs: 1_000,
  rollbackMs: 2_000,
  trafficShiftMs: 700,
  alarmPollMs: 10_000,
  hookInvocation: 'Event',
  functionUpdateMs: 1_000,
  concurrentExecutions: 1_000,
  eventDeliveryMs: 50,
  containerInstances: 0,
  containerInstanceType: 'm5.large',
  taskStartMs: 15_000,
  serviceDeploymentStartMs: 1_600,
  healthyWithoutCheckMs: 40_000,
  uncheckedTaskSettleMs: 1_000,
  deploymentAlarmBakeMs: 300_000,
  containerStopMs: 2_000,
  imageScanBeginMs: 2_000,
  imageScanMs: 5_000,
  imageLifecycleMs: 86_400_000,
  stackResourceMs: 1_000,
  certificateValidationMs: 5_000,
  refuseReservedEventSources: false,
  requestQuotas: true,
  missingPathError: 'States.Runtime',
  checkParameterResources: true,
  firstHealthCheckMs: 1_000,
  slowStartPercent: 5,
  furtherAlarmPeriods: 2,
  repeatedServiceEventMs: 21_600_000,
  functionMemoryAllowanceMb: 256,
  recoverFromDataLimit: true,
  mapRunChildEvents: true,
  mapRunDeniedError: 'States.Permissions',
  enforceIam: true,
  refuseRepeatedPolicyKeys: true,
  refuseExpiredUrls: false,
  checkResponses: process.env.GREENGATE_CHECK_RESPONSES === 'true',
  requireRegistryCredentials: false,
};
