import {
  DeadlineExceededError,
  GreengateError,
  PermissionDeniedError,
  RequestRefusedError,
  TransientAwsError,
} from '../core/errors.ts';

/** What was tried, in the words an IAM policy uses, so that the message says what to grant. */
export interface AwsAttempt {
  /** E.g. `ecr:DescribeImages`. */
  readonly action: string;
  /** Name or ARN of what it was tried on. */
  readonly resource: string;
}

/**
 * Runs one SDK call and lets its errors leave as Greengate's. The SDK has retried already: what comes
 * here as transient is worth another state retry, everything else is not. The AWS error is the `cause`;
 * ask `awsErrorName` for the names that an adapter answers itself.
 */
export async function callAws<T>(attempt: AwsAttempt, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw toGreengateError(error, attempt);
  }
}

/** Name of the AWS error behind `error` (e.g. `ImageNotFoundException`), undefined when there is none. */
export function awsErrorName(error: unknown): string | undefined {
  const source = error instanceof GreengateError ? error.cause : error;
  return source instanceof Error ? source.name : undefined;
}

/** The Greengate error that stands for what the SDK threw; a Greengate error stays as it is. */
export function toGreengateError(error: unknown, attempt: AwsAttempt): GreengateError {
  if (error instanceof GreengateError) return error;
  const { action, resource } = attempt;
  const said = describeAwsError(error);
  const options = { cause: error, details: { action, resource } };
  if (isNamed(error, ['AbortError'])) {
    return new DeadlineExceededError(
      `Gave up ${action} on ${resource}: the invocation's time was used up`,
      options,
    );
  }
  if (isTransient(error)) {
    const throttled = error instanceof Error && throttlingName.test(error.name);
    return new TransientAwsError(`${action} on ${resource} failed for now: ${said}`, {
      ...options,
      ...(throttled && { details: { ...options.details, throttled } }),
    });
  }
  if (isPermission(error)) {
    return new PermissionDeniedError(
      `Not permitted to call ${action} on ${resource}, grant it to the function's role: ${said}`,
      options,
    );
  }
  return new RequestRefusedError(`${action} on ${resource} was refused: ${said}`, options);
}

const networkCodes: readonly string[] = [
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_SOCKET',
];

const throttlingName =
  /Throttl|TooManyRequests|RequestLimitExceeded|SlowDown|ExecutionLimitExceeded/;

function isTransient(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const status = httpStatus(error);
  if (status !== undefined && (status >= 500 || status === 429)) return true;
  if ('$retryable' in error && error.$retryable !== undefined) return true;
  if ('code' in error && networkCodes.includes(String(error.code))) return true;
  if (isNamed(error, ['TimeoutError', 'RequestTimeout', 'RequestTimeoutException'])) return true;
  if (error instanceof Error && throttlingName.test(error.name)) return true;
  return error instanceof Error && error.cause !== undefined && isTransient(error.cause);
}

function isPermission(error: unknown): boolean {
  return (
    httpStatus(error) === 403 ||
    isNamed(error, [
      'AccessDenied',
      'AccessDeniedException',
      'UnauthorizedOperation',
      'UnrecognizedClientException',
    ])
  );
}

function httpStatus(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('$metadata' in error)) return undefined;
  const metadata = error.$metadata;
  if (typeof metadata !== 'object' || metadata === null) return undefined;
  return 'httpStatusCode' in metadata && typeof metadata.httpStatusCode === 'number'
    ? metadata.httpStatusCode
    : undefined;
}

function isNamed(error: unknown, names: readonly string[]): boolean {
  return error instanceof Error && names.includes(error.name);
}

/** What an SDK call failed with, in a few words. */
export function describeAwsError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const status = httpStatus(error);
  if (status !== undefined && isForeign(error)) {
    return `HTTP ${status} without an error of AWS in it, as from a proxy or another endpoint`;
  }
  return error.message === '' ? error.name : `${error.name}: ${error.message}`;
}

/** The SDK could read no error in the answer: a page of HTML, say, which it parses as JSON, or a code that is not there. */
function isForeign({ name, message }: Error): boolean {
  return (
    name === 'SyntaxError' || (name === 'Unknown' && /^(?:Unknown|UnknownError)?$/.test(message))
  );
}
