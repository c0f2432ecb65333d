import { AwsError } from '../core/aws-error.ts';

/** Default quotas of Application Load Balancers, with the names of DescribeAccountLimits. */
export const limits = {
  'application-load-balancers': 50,
  'target-groups': 3_000,
  'targets-per-application-load-balancer': 1_000,
  'targets-per-target-group': 1_000,
  'listeners-per-application-load-balancer': 50,
  'rules-per-application-load-balancer': 100,
  'certificates-per-application-load-balancer': 25,
  'target-groups-per-application-load-balancer': 100,
  'target-groups-per-action-on-application-load-balancer': 5,
  'condition-values-per-alb-rule': 5,
  'condition-wildcards-per-alb-rule': 6,
} as const;

/** Throws when one more would pass the quota; `what` is how AWS's message names it. */
export function checkLimit(
  present: number,
  limit: keyof typeof limits,
  code: string,
  what: string,
): void {
  if (present < limits[limit]) return;
  throw new AwsError(code, `You have reached the maximum number of ${what}: '${limits[limit]}'`);
}
