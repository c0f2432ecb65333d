import { verdictsWorstFirst } from '../verdict/verdict.ts';
import type { HookReport } from './hook-report.ts';

/** A report read back from the records; undefined when there is none or it is not one of ours. */
export function parseHookReport(document: unknown): HookReport | undefined {
  return isHookReport(document) ? document : undefined;
}

/** Only hooks write these keys, so what decides is checked and the evidence inside is just carried on. */
function isHookReport(document: unknown): document is HookReport {
  return (
    typeof document === 'object' &&
    document !== null &&
    'hookExecutionId' in document &&
    typeof document.hookExecutionId === 'string' &&
    'verdict' in document &&
    verdictsWorstFirst.some((verdict) => verdict === document.verdict) &&
    'sentence' in document &&
    typeof document.sentence === 'string' &&
    'checks' in document &&
    Array.isArray(document.checks)
  );
}
