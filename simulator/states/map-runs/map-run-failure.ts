import { StatesError } from '../interpreter/states-error.ts';

/** AWS's words (recorded TestState answers). */
export function thresholdExceeded(): StatesError {
  return new StatesError(
    'States.ExceedToleratedFailureThreshold',
    'The specified tolerated failure threshold was exceeded',
  );
}

export function itemReaderFailed(cause: string): StatesError {
  return new StatesError('States.ItemReaderFailed', cause);
}

export function resultWriterFailed(cause: string): StatesError {
  return new StatesError('States.ResultWriterFailed', cause);
}

/** What a refused call of S3 is told as. */
export function callProblem(error: unknown): string {
  const { name, message, $metadata } = error as {
    name?: string;
    message?: string;
    $metadata?: { httpStatusCode?: number; requestId?: string };
  };
  const { httpStatusCode: status, requestId } = $metadata ?? {};
  if (status === undefined) return message ?? String(error);
  return `${name}: ${message} (Service: S3, Status Code: ${status}, Request ID: ${requestId})`;
}
