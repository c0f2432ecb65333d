import { areCheckResults, isVerdict } from '../checks/parse-check-results.ts';
import { memberAt } from '../config/loose-value.ts';
import { hookLifecycleEvents } from '../lifecycle-events.ts';
import type { HookReport } from './hook-report.ts';

const texts = ['deploymentId', 'hookExecutionId', 'sentence', 'startedAt', 'endedAt'] as const;

/** A report read back from the records; undefined when there is none or it is not one of ours. */
export function parseHookReport(document: unknown): HookReport | undefined {
  return isHookReport(document) ? document : undefined;
}

/** Only hooks write these keys, but whoever else may write to the bucket must not break who reads them. */
export function isHookReport(document: unknown): document is HookReport {
  const service = memberAt(document, 'service');
  const awaited = memberAt(document, 'awaitsApproval');
  return (
    texts.every((name) => typeof memberAt(document, name) === 'string') &&
    hookLifecycleEvents.some((event) => event === memberAt(document, 'lifecycleEvent')) &&
    isVerdict(memberAt(document, 'verdict')) &&
    (service === undefined || typeof service === 'string') &&
    (awaited === undefined || isMinutes(memberAt(awaited, 'timeoutMinutes'))) &&
    areCheckResults(memberAt(document, 'checks'))
  );
}

/** No more than a date can bear, and CodeDeploy waits an hour. */
function isMinutes(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= 60;
}
