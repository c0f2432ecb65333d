import { awsErrorName, describeAwsError } from '../../functions/adapters/aws-errors.ts';
import {
  GreengateError,
  PermissionDeniedError,
  TransientAwsError,
} from '../../functions/core/errors.ts';
import { UsageError } from '../terminal/run-command.ts';
import { notHere } from './find-records-bucket.ts';

/** Names under which services say that a session is over (STS; CommonErrors of each API reference). */
const expired = [
  'ExpiredToken',
  'ExpiredTokenException',
  'RequestExpired',
  'TokenRefreshRequired',
  'ExpiredTokenError',
];
const unknown = [
  'InvalidClientTokenId',
  'UnrecognizedClientException',
  'InvalidSignatureException',
];

/**
 * What kept AWS from answering, as one line for the person at the terminal; undefined for what is no matter of access.
 * `goesOn` says what is not touched by it.
 */
export function explainAccess(error: unknown, goesOn = ''): UsageError | undefined {
  const tail = goesOn === '' ? '' : `. ${goesOn}`;
  const name = awsErrorName(error) ?? '';
  if (expired.includes(name)) {
    return new UsageError(
      `The AWS session has expired: sign in again (in CI, ask for a longer one, such as role-duration-seconds)${tail}`,
    );
  }
  if (unknown.includes(name)) {
    return new UsageError(
      `AWS does not know these credentials (${name}): check AWS_PROFILE or the access key in the environment${tail}`,
    );
  }
  if (name === 'CredentialsProviderError') {
    return new UsageError(
      `No AWS credentials: set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or sign in with aws sso login${tail}`,
    );
  }
  // Who names the records bucket is not asked for the stack, and finds out by its workflow.
  if (name === 'StateMachineDoesNotExist') return notHere();
  if (error instanceof PermissionDeniedError && error.cause instanceof Error) {
    const { action, resource } = error.details;
    return new UsageError(
      `Not permitted to call ${action} on ${resource} with these credentials: ${describeAwsError(error.cause)}${tail}`,
    );
  }
  if (error instanceof TransientAwsError) {
    return new UsageError(`AWS could not be reached: ${error.message}${tail}`);
  }
  return error instanceof GreengateError ? new UsageError(`${error.message}${tail}`) : undefined;
}
