import type { Execution } from '../executions/execution.ts';
import { redriveEligibility } from '../executions/redrive-eligibility.ts';
import { hasFailed, type MapRunChild } from './map-run.ts';

/** A child execution as result files show it (ResultWriter page, results quoted in public repositories). */
export function resultRecord(execution: Execution, nowMs: number): object {
  const { ending } = execution;
  const { redriveStatus, redriveStatusReason } = redriveEligibility(execution, nowMs);
  return {
    ...(ending?.cause !== undefined && { Cause: ending.cause }),
    ...(ending?.error !== undefined && { Error: ending.error }),
    ExecutionArn: execution.arn,
    Input: execution.inputText,
    InputDetails: { Included: true },
    Name: execution.name,
    ...(ending?.output !== undefined && { Output: ending.output }),
    OutputDetails: { Included: true },
    RedriveCount: execution.redriveCount,
    RedriveStatus: redriveStatus,
    ...(redriveStatusReason !== undefined && { RedriveStatusReason: redriveStatusReason }),
    StartDate: new Date(execution.startMs).toISOString(),
    StateMachineArn: execution.machine.arn,
    Status: execution.status,
    ...(ending && { StopDate: new Date(ending.atMs).toISOString() }),
  };
}

/** One that was never started. */
export function pendingRecord({ input }: MapRunChild, stateMachineArn: string): object {
  return {
    Input: JSON.stringify(input),
    InputDetails: { Included: true },
    StateMachineArn: stateMachineArn,
    Status: 'PENDING',
  };
}

export type Transformation = 'NONE' | 'COMPACT' | 'FLATTEN';

/** What the results of some children look like; failed ones always as records (ResultWriter page). */
export function transformed(
  children: readonly MapRunChild[],
  transformation: Transformation,
  nowMs: number,
): unknown[] {
  return children.flatMap((child): unknown[] => {
    const { execution } = child;
    if (!execution) return [];
    if (transformation === 'NONE' || hasFailed(child)) return [resultRecord(execution, nowMs)];
    const output: unknown = JSON.parse(execution.ending?.output ?? 'null');
    return transformation === 'FLATTEN' && Array.isArray(output) ? output : [output];
  });
}
