export type RecordCondition =
  | 'RetriesExhausted'
  | 'EventAgeExceeded'
  | 'ZeroReservedConcurrency'
  | 'Success';

export interface RecordedInvocation {
  readonly requestId: string;
  /** Qualified ARN. */
  readonly functionArn: string;
  readonly condition: RecordCondition;
  readonly attempts: number;
  readonly requestPayload: unknown;
  readonly atMs: number;
  /** Missing when the function never ran. */
  readonly response?: {
    readonly executedVersion: string;
    readonly failed: boolean;
    readonly payload: unknown;
  };
}

/** The message an asynchronous invocation sends to its destination (Lambda guide, invocation records). */
export function invocationRecord(invocation: RecordedInvocation): object {
  const { response } = invocation;
  return {
    version: '1.0',
    timestamp: new Date(invocation.atMs).toISOString(),
    requestContext: {
      requestId: invocation.requestId,
      functionArn: invocation.functionArn,
      condition: invocation.condition,
      approximateInvokeCount: invocation.attempts,
    },
    requestPayload: invocation.requestPayload,
    ...(response && {
      responseContext: {
        statusCode: 200,
        executedVersion: response.executedVersion,
        ...(response.failed ? { functionError: 'Unhandled' } : {}),
      },
      responsePayload: response.payload,
    }),
  };
}
