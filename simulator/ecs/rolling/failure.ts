/** Why a rollout ended badly, in the words of each place that tells it. */
export interface Failure {
  /** `rolloutStateReason` of the FAILED deployment. */
  readonly rolloutStateReason: string;
  /** Reason of the EventBridge event. */
  readonly eventReason: string;
  /** In the service's events: `(deployment ID) deployment failed: …` */
  readonly said: string;
  /** `rolloutStateReason` of a rollback is this and `rolling back to deploymentId ID.` */
  readonly prefix: string;
  /** `statusReason` of the service deployment, rolled back or not. Assumption: no public text was found. */
  readonly statusReason: string;
}

/** Texts of ECS events documentation (aws-facts 2.7) and of service events seen in public logs. */
export const circuitBreakerFailure: Failure = {
  rolloutStateReason: 'ECS deployment circuit breaker: tasks failed to start.',
  eventReason: 'ECS deployment circuit breaker: task failed to start.',
  said: 'tasks failed to start.',
  prefix: 'ECS deployment circuit breaker',
  statusReason: 'the circuit breaker threshold was exceeded',
};

/** `deployment failed: alarm detected.` is seen in public logs; the rest is an assumption. */
export const alarmFailure: Failure = {
  rolloutStateReason: 'ECS deployment alarms: alarm detected.',
  eventReason: 'ECS deployment alarms: alarm detected.',
  said: 'alarm detected.',
  prefix: 'ECS deployment alarms',
  statusReason: 'an alarm was detected',
};

/** StopServiceDeployment; assumption. */
export const stoppedByUser: Failure = {
  rolloutStateReason: 'ECS deployment was stopped by a user.',
  eventReason: 'ECS deployment was stopped by a user.',
  said: 'stopped by a user.',
  prefix: 'ECS deployment stopped by a user',
  statusReason: 'it was stopped by a user',
};
