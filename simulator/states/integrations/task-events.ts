import type { HistoryEventType } from '@aws-sdk/client-sfn';
import { complete, type EventDetails } from '../executions/history.ts';
import type { TaskLimits } from '../interpreter/state-types/task-limits.ts';

type Described = [type: HistoryEventType, details?: EventDetails];

interface Failure {
  readonly error?: string;
  readonly cause?: string;
}

/** The history events around one attempt at a Task; they differ by kind of resource. */
export interface TaskEvents {
  scheduled(this: void, parameters: string, limits: TaskLimits): Described;
  started(this: void, workerName?: string): Described;
  /** A callback task's call has returned; its token is still open. */
  submitted(this: void, output: string): Described;
  succeeded(this: void, output: string): Described;
  failed(this: void, failure: Failure): Described;
  timedOut(this: void, failure: Failure): Described;
}

/** `Task…` events, of every `arn:aws:states:::…` integration. */
export function serviceTaskEvents(
  resourceType: string,
  resource: string,
  region: string,
): TaskEvents {
  const task = { resourceType, resource };
  const outputOf = (output: string) => ({ ...task, output, outputDetails: complete });
  return {
    scheduled: (parameters, { timeoutSeconds, heartbeatSeconds }) => [
      'TaskScheduled',
      {
        taskScheduledEventDetails: {
          ...task,
          region,
          parameters,
          ...(timeoutSeconds !== undefined && { timeoutInSeconds: timeoutSeconds }),
          ...(heartbeatSeconds !== undefined && { heartbeatInSeconds: heartbeatSeconds }),
        },
      },
    ],
    started: () => ['TaskStarted', { taskStartedEventDetails: task }],
    submitted: (output) => ['TaskSubmitted', { taskSubmittedEventDetails: outputOf(output) }],
    succeeded: (output) => ['TaskSucceeded', { taskSucceededEventDetails: outputOf(output) }],
    failed: (failure) => ['TaskFailed', { taskFailedEventDetails: { ...task, ...failure } }],
    timedOut: (failure) => ['TaskTimedOut', { taskTimedOutEventDetails: { ...task, ...failure } }],
  };
}

/** `LambdaFunction…` events, of a function's ARN given as the Resource itself. */
export function lambdaFunctionEvents(functionArn: string): TaskEvents {
  return {
    scheduled: (input, { timeoutSeconds }) => [
      'LambdaFunctionScheduled',
      {
        lambdaFunctionScheduledEventDetails: {
          resource: functionArn,
          input,
          inputDetails: complete,
          ...(timeoutSeconds !== undefined && { timeoutInSeconds: timeoutSeconds }),
        },
      },
    ],
    started: () => ['LambdaFunctionStarted'],
    submitted: () => {
      throw new Error(`A plain function ARN has no callback: ${functionArn}`);
    },
    succeeded: (output) => [
      'LambdaFunctionSucceeded',
      { lambdaFunctionSucceededEventDetails: { output, outputDetails: complete } },
    ],
    failed: (failure) => [
      'LambdaFunctionFailed',
      { lambdaFunctionFailedEventDetails: { ...failure } },
    ],
    timedOut: (failure) => [
      'LambdaFunctionTimedOut',
      { lambdaFunctionTimedOutEventDetails: { ...failure } },
    ],
  };
}
