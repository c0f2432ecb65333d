import type { MapRunExecutionCounts, MapRunItemCounts } from '@aws-sdk/client-sfn';
import { redriveEligibility } from '../executions/redrive-eligibility.ts';
import { hasFailed, type MapRun, type MapRunChild } from './map-run.ts';

type Counts = MapRunExecutionCounts & MapRunItemCounts;

const countedAs: Readonly<Record<string, keyof Counts>> = {
  RUNNING: 'running',
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  TIMED_OUT: 'timedOut',
  ABORTED: 'aborted',
  PENDING_REDRIVE: 'pendingRedrive',
};

/** Children by status, each counting one for `executionCounts` and its items for `itemCounts`. */
export function countChildren(
  { children, resultsWritten }: MapRun,
  weight: (child: MapRunChild) => number,
  nowMs: number,
): Counts {
  const counts: Counts = {
    pending: 0,
    running: 0,
    succeeded: 0,
    failed: 0,
    timedOut: 0,
    aborted: 0,
    total: 0,
    resultsWritten: 0,
    failuresNotRedrivable: 0,
    pendingRedrive: 0,
  };
  const add = (name: keyof Counts, child: MapRunChild) => {
    counts[name] = (counts[name] ?? 0) + weight(child);
  };
  for (const child of children) {
    const { execution } = child;
    add('total', child);
    add(execution ? (countedAs[execution.status] ?? 'pending') : 'pending', child);
    if (resultsWritten && execution?.ending) add('resultsWritten', child);
    if (!execution || !hasFailed(child)) continue;
    const { redriveStatus } = redriveEligibility(execution, nowMs);
    if (redriveStatus === 'NOT_REDRIVABLE') add('failuresNotRedrivable', child);
  }
  return counts;
}
