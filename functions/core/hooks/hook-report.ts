import type { CheckResult } from '../checks/check-result.ts';
import type { HookLifecycleEvent } from '../lifecycle-events.ts';
import type { Verdict } from '../verdict/verdict.ts';

/** What one lifecycle hook found; kept as `deployments/<deploymentId>/hooks/<lifecycleEvent>.json`. */
export interface HookReport {
  readonly deploymentId: string;
  readonly lifecycleEvent: HookLifecycleEvent;
  readonly hookExecutionId: string;
  /** Name in greengate.yaml; undefined when the deployment could not be traced to a service. */
  readonly service: string | undefined;
  readonly verdict: Verdict;
  readonly sentence: string;
  readonly checks: readonly CheckResult[];
  /** A person answers CodeDeploy instead of the hook; only where the checks passed and the service wants it. */
  readonly awaitsApproval?: { readonly timeoutMinutes: number } | undefined;
  /** ISO 8601. */
  readonly startedAt: string;
  /** ISO 8601. */
  readonly endedAt: string;
}
