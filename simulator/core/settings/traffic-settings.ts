/** Load balancers, certificates and alarms. */
export interface TrafficSettings {
  /** From registration or attachment of a target until its first health check (4.3: not published). */
  readonly firstHealthCheckMs: number;
  /** Percentage of its share that a target begins slow start with (ALB guide tells only that it grows linearly). */
  readonly slowStartPercent: number;
  /** From RequestCertificate until a public authority has validated the names (ACM guide: minutes with DNS). */
  readonly certificateValidationMs: number;
  /** How many periods further back than it evaluates an alarm looks for data (not published). */
  readonly furtherAlarmPeriods: number;
  /** From a change of a listener's or rule's action until requests follow it (not published; seconds at most). */
  readonly listenerChangeMs: number;
  /** A client that AWSALBTG binds to a target group stays with it at weight 0 (4.1: not documented). */
  readonly stickyAtWeightZero: boolean;
  /** Weights in even turns, so that counts can be asserted, or each request by the seed (4.1: not documented). */
  readonly weightedForwarding: 'even' | 'random';
  /** Fail-open also sends to targets whose health is not known yet (4.2: "all targets"). */
  readonly failOpenToInitial: boolean;
  /** A new balancer shows `provisioning` for this long (not published; minutes on AWS). */
  readonly loadBalancerProvisioningMs: number;
  /** From the end of a period until alarms are evaluated for it (not published; data points come late on AWS). */
  readonly alarmEvaluationDelayMs: number;
}

export const defaultTrafficSettings: TrafficSettings = {
  firstHealthCheckMs: 1_000,
  slowStartPercent: 5,
  certificateValidationMs: 5_000,
  furtherAlarmPeriods: 2,
  listenerChangeMs: 0,
  stickyAtWeightZero: true,
  weightedForwarding: 'even',
  failOpenToInitial: true,
  loadBalancerProvisioningMs: 0,
  alarmEvaluationDelayMs: 0,
};
