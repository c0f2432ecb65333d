import { TransientAwsError } from '../errors.ts';

/** AWS refused the call for its rate alone: it had no effect, and may be repeated even where it is not idempotent. */
export function isThrottled(error: unknown): error is TransientAwsError {
  return error instanceof TransientAwsError && error.details.throttled === true;
}
