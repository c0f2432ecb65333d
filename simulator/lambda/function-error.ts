import type { EnvironmentOutcome } from './execution-environment.ts';

/** The payload of a failed invocation, as Lambda's Node.js runtime shapes it. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** Lambda's limit on a response: 6 MB and a little, in bytes. */
export const responseLimitBytes = 6 * 1024 * 1024 + 100;

/** What an invocation failed with, or undefined when the function returned. */
export function errorOf(outcome: EnvironmentOutcome, requestId: string): FunctionError | undefined {
  if (outcome.state === 'gone') {
    if (outcome.initError) return JSON.parse(outcome.initError);
    const reason =
      outcome.reason === 'exit status 0'
        ? 'Runtime exited without providing a reason'
        : `Runtime exited with error: ${outcome.reason}`;
    return {
      errorType: 'Runtime.ExitError',
      errorMessage: `RequestId: ${requestId} Error: ${reason}`,
    };
  }
  if (Buffer.byteLength(outcome.body) > responseLimitBytes) {
    return {
      errorType: 'Function.ResponseSizeTooLarge',
      errorMessage: `Response payload size exceeded maximum allowed payload size (${responseLimitBytes} bytes).`,
    };
  }
  return outcome.kind === 'error' ? JSON.parse(outcome.body) : undefined;
}

export function timeoutError(requestId: string, timeoutSeconds: number): FunctionError {
  return {
    errorType: 'Sandbox.Timedout',
    errorMessage: `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`,
  };
}
