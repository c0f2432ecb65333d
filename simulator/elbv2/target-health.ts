/** Outcome of one health check request. */
export type ProbeResult =
  | { readonly kind: 'status'; readonly status: number; readonly matches: boolean }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'no-connection' };

export interface HealthRecord {
  readonly state: 'initial' | 'healthy' | 'unhealthy';
  readonly reason?: string;
  readonly description?: string;
  /** Results in a row that speak against `state`. */
  readonly streak: number;
}

export interface HealthThresholds {
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
}

export const registering: HealthRecord = {
  state: 'initial',
  reason: 'Elb.RegistrationInProgress',
  description: 'Target registration is in progress',
  streak: 0,
};

/** Checked for the first time. */
export const checking: HealthRecord & { state: 'initial' } = {
  state: 'initial',
  reason: 'Elb.InitialHealthChecking',
  description: 'Initial health checks in progress',
  streak: 0,
} as const;

/** Deregistered, its delay not over. */
export const draining = {
  state: 'draining',
  reason: 'Target.DeregistrationInProgress',
  description: 'Target deregistration is in progress',
} as const;

/** One pass makes a new target healthy; the healthy threshold is for recovery only (aws-facts 4.2). */
export function afterProbe(
  before: HealthRecord,
  result: ProbeResult,
  thresholds: HealthThresholds,
): HealthRecord {
  const passed = result.kind === 'status' && result.matches;
  const streak = before.streak + 1;
  if (passed) {
    const recovered = before.state !== 'unhealthy' || streak >= thresholds.healthyThreshold;
    return recovered ? { state: 'healthy', streak: 0 } : { ...before, streak };
  }
  const failure = { state: 'unhealthy', ...failureReason(result), streak: 0 } as const;
  if (before.state === 'unhealthy' || streak >= thresholds.unhealthyThreshold) return failure;
  return before.state === 'initial' ? { ...checking, streak } : { ...before, streak };
}

/** Nothing a workflow could wait for: the next check may be left to a background timer. */
export function isSettled(record: HealthRecord): boolean {
  return record.state !== 'initial' && record.streak === 0;
}

function failureReason(result: ProbeResult): { reason: string; description: string } {
  switch (result.kind) {
    case 'status':
      return {
        reason: 'Target.ResponseCodeMismatch',
        description: `Health checks failed with these codes: [${result.status}]`,
      };
    case 'timeout':
      return { reason: 'Target.Timeout', description: 'Request timed out' };
    case 'no-connection':
      return { reason: 'Target.FailedHealthChecks', description: 'Health checks failed' };
  }
}
