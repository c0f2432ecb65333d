/** CodeDeploy: sections of aws-facts in brackets. */
export interface DeploymentSettings {
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
  /** When a hook function that is not there is found out (3.4, assumption); at the creation it is refused. */
  readonly hookNamesCheckedAt: 'event' | 'creation';
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
  /** A rollback deployment runs the AppSpec's hooks of its traffic shift (3.8: undocumented, assumption). */
  readonly rollbackHooks: boolean;
  /** Rollback deployments send state-change events of their own (3.11, assumption). */
  readonly rollbackEvents: boolean;
  /** What StopDeployment answers while no lifecycle event has begun (3.8, assumption); Pending afterwards. */
  readonly stopBeforeStartAnswer: 'Succeeded' | 'Pending';
  /** Alarms are watched in the termination wait as well (3.9, assumption). */
  readonly alarmsInTerminationWait: boolean;
  /** What the target of a stopped deployment shows (3.8: undocumented). */
  readonly stoppedTargetStatus: 'Failed' | 'Skipped';
  /** Rules of a listener that forward to other groups than the deployment's are rewritten too (4.3, assumption: left alone). */
  readonly rewritesForeignRules: boolean;
  /** The lifecycle event before which a deployment waits in Ready (3.7: "before rerouting traffic"). */
  readonly readyWaitBefore: 'BeforeAllowTraffic' | 'AllowTraffic';
}

export const defaultDeploymentSettings: DeploymentSettings = {
  deploymentStartDelayMs: 1_000,
  emptyHookMs: 500,
  emptyHookStatus: 'Succeeded',
  silentHookErrorCode: 'HOOK_EXECUTION_FAILURE',
  missingHookErrorCode: 'INVALID_LAMBDA_FUNCTION',
  hookNamesCheckedAt: 'event',
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
  rollbackHooks: false,
  rollbackEvents: true,
  stopBeforeStartAnswer: 'Succeeded',
  alarmsInTerminationWait: true,
  stoppedTargetStatus: 'Failed',
  rewritesForeignRules: false,
  readyWaitBefore: 'BeforeAllowTraffic',
};
