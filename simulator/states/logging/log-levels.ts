import type { HistoryEventType, LogLevel } from '@aws-sdk/client-sfn';

const fatal: ReadonlySet<HistoryEventType> = new Set<HistoryEventType>([
  'ExecutionAborted',
  'ExecutionFailed',
  'ExecutionTimedOut',
]);

/** Besides the fatal ones. */
const errors: ReadonlySet<HistoryEventType> = new Set<HistoryEventType>([
  'FailStateEntered',
  'LambdaFunctionFailed',
  'LambdaFunctionScheduleFailed',
  'LambdaFunctionStartFailed',
  'LambdaFunctionTimedOut',
  'MapIterationAborted',
  'MapIterationFailed',
  'MapRunAborted',
  'MapRunFailed',
  'MapStateAborted',
  'MapStateFailed',
  'ParallelStateAborted',
  'ParallelStateFailed',
  'TaskFailed',
  'TaskStartFailed',
  'TaskStateAborted',
  'TaskSubmitFailed',
  'TaskTimedOut',
  'WaitStateAborted',
]);

/** Whether a level logs events of a type (log levels for execution events page). */
export function isLogged(level: LogLevel, type: HistoryEventType): boolean {
  if (level === 'ALL') return true;
  if (level === 'OFF') return false;
  return fatal.has(type) || (level === 'ERROR' && errors.has(type));
}
