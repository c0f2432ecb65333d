import type { ExecutionRedriveStatus } from '@aws-sdk/client-sfn';
import type { Execution } from './execution.ts';
import { historyLimit } from './history.ts';

const dayMs = 86_400_000;
const redrivablePeriodMs = 14 * dayMs;
/** Longest time an execution may be open (aws-facts 5.2). */
export const longestExecutionMs = 365 * dayMs;

export interface Eligibility {
  readonly redriveStatus: ExecutionRedriveStatus;
  readonly redriveStatusReason?: string;
}

/** Whether an execution can be redriven now (aws-facts 5.5). */
export function redriveEligibility(execution: Execution, nowMs: number): Eligibility {
  const { ending, status, startMs, history } = execution;
  if (!ending || status === 'SUCCEEDED') {
    return refused(`Execution is ${status} and cannot be redriven`);
  }
  if (nowMs - ending.atMs > redrivablePeriodMs) {
    return refused("Execution's redrivable period exceeded");
  }
  if (nowMs - startMs >= longestExecutionMs) {
    return refused('Execution exceeded the maximum open time of one year');
  }
  if (history.events.length >= historyLimit - 1) {
    return refused('Execution history event limit exceeded');
  }
  return { redriveStatus: execution.mapRun ? 'REDRIVABLE_BY_MAP_RUN' : 'REDRIVABLE' };
}

function refused(redriveStatusReason: string): Eligibility {
  return { redriveStatus: 'NOT_REDRIVABLE', redriveStatusReason };
}
