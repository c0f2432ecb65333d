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
}

export const defaultTrafficSettings: TrafficSettings = {
  firstHealthCheckMs: 1_000,
  slowStartPercent: 5,
  certificateValidationMs: 5_000,
  furtherAlarmPeriods: 2,
};
