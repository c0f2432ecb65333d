/** Every other service, and the simulator itself. */
export interface ServiceSettings {
  /** A function is Pending, an update of it InProgress, for this long (not published; about a second without a VPC). */
  readonly functionUpdateMs: number;
  /** Functions of the account that may run at a time (Lambda quotas: 1,000; new accounts have less). */
  readonly concurrentExecutions: number;
  /** Delay between an event's publication and its delivery. */
  readonly eventDeliveryMs: number;
  /** How long CloudFormation takes for each resource of a stack, waits of the resource itself not counted (not published). */
  readonly stackResourceMs: number;
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
  /**
   * What a Choice without a match and without Default fails with: AWS documents States.NoChoiceMatched; measured
   * executions show States.Runtime, which nothing matches (floci-io/floci pull request 3167).
   */
  readonly unmatchedChoiceError: 'States.NoChoiceMatched' | 'States.Runtime';
  /** Parameters of AWS-specific types must name a VPC, subnet, group, zone or parameter that is there. */
  readonly checkParameterResources: boolean;
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
  /** S3 refuses presigned URLs whose time is over; off, since virtual time runs ahead of who signs outside. */
  readonly refuseExpiredUrls: boolean;
  /** Every answer is held against the service's model; for tests (GREENGATE_CHECK_RESPONSES=true). */
  readonly checkResponses: boolean;
  /** First wait of EventBridge before it tries a target again; it doubles, less up to half of it by chance (1.4). */
  readonly eventRetryFirstMs: number;
  /** Its longest wait (1.4 tells 185 attempts in 24 hours only). */
  readonly eventRetryLongestMs: number;
  /** An event keeps its id when EventBridge tries a target again (1.4, assumption); off, each try has its own. */
  readonly eventIdAcrossRetries: boolean;
  /** How long nobody can assume a new role (IAM guide: changes are eventually consistent). */
  readonly newRoleUnusableMs: number;
  /** How often SNS tries an HTTP endpoint again, whatever a delivery policy says (SNS guide: its default). */
  readonly httpDeliveryRetries: number;
  /** Between two tries (SNS guide: 20 seconds by default). */
  readonly httpRetryDelayMs: number;
}

export const defaultServiceSettings: ServiceSettings = {
  functionUpdateMs: 1_000,
  concurrentExecutions: 1_000,
  eventDeliveryMs: 50,
  stackResourceMs: 1_000,
  refuseReservedEventSources: false,
  requestQuotas: true,
  missingPathError: 'States.Runtime',
  unmatchedChoiceError: 'States.NoChoiceMatched',
  checkParameterResources: true,
  functionMemoryAllowanceMb: 256,
  recoverFromDataLimit: true,
  mapRunChildEvents: true,
  mapRunDeniedError: 'States.Permissions',
  enforceIam: true,
  refuseRepeatedPolicyKeys: true,
  refuseExpiredUrls: false,
  checkResponses: process.env.GREENGATE_CHECK_RESPONSES === 'true',
  eventRetryFirstMs: 1_000,
  eventRetryLongestMs: 600_000,
  eventIdAcrossRetries: true,
  newRoleUnusableMs: 0,
  httpDeliveryRetries: 3,
  httpRetryDelayMs: 20_000,
};
