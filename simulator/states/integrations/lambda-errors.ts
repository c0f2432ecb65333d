import { AwsError } from '../../core/aws-error.ts';
import { StatesError } from '../interpreter/states-error.ts';

/**
 * A function that failed: named by its errorType, with its whole payload as Cause. Without an errorType
 * (crash, out of memory, older timeouts) AWS says Lambda.Unknown (aws-facts 5.4).
 */
export function functionError(payload: unknown): StatesError {
  const text = JSON.stringify(payload) ?? 'null';
  const errorType = (payload as { errorType?: unknown } | null | undefined)?.errorType;
  if (typeof errorType === 'string' && errorType !== '') return new StatesError(errorType, text);
  return new StatesError(
    'Lambda.Unknown',
    `The cause could not be determined because Lambda did not return an error type. Returned payload: ${text}`,
  );
}

/** The invocation itself was refused, e.g. Lambda.ResourceNotFoundException. */
export function invocationError(error: unknown): StatesError {
  if (error instanceof AwsError) {
    const name = error.code.endsWith('Exception') ? error.code : `${error.code}Exception`;
    const status = error.status ?? (error.code === 'ResourceNotFoundException' ? 404 : 400);
    return new StatesError(
      `Lambda.${name}`,
      `${error.message} (Service: Lambda, Status Code: ${status})`,
    );
  }
  const text = error instanceof Error ? error.message : String(error);
  return new StatesError('Lambda.SdkClientException', text);
}
