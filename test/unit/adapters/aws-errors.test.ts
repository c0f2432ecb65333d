import { describe, expect, it } from 'vitest';
import { awsErrorName, callAws, toGreengateError } from '../../../functions/adapters/aws-errors.ts';
import {
  DeadlineExceededError,
  DeploymentConflictError,
  PermissionDeniedError,
  RequestRefusedError,
  TransientAwsError,
} from '../../../functions/core/errors.ts';
import { isThrottled } from '../../../functions/core/patience/is-throttled.ts';

const attempt = { action: 'ecr:DescribeImages', resource: 'repository team/shop' };

function sdkError(name: string, more: Readonly<Record<string, unknown>> = {}): Error {
  return Object.assign(new Error('as AWS said'), { name }, more);
}

describe('toGreengateError', () => {
  it.each([
    ['throttling by name', sdkError('ThrottlingException', { $metadata: { httpStatusCode: 400 } })],
    ['throttling by status', sdkError('Odd', { $metadata: { httpStatusCode: 429 } })],
    ['throttling of S3', sdkError('SlowDown')],
    ['throttling of keys', sdkError('KmsThrottlingException')],
    ['too many executions', sdkError('ExecutionLimitExceeded')],
    ['a server error', sdkError('ServerException', { $metadata: { httpStatusCode: 500 } })],
    ['an unavailable service', sdkError('Odd', { $metadata: { httpStatusCode: 503 } })],
    ['what the model calls retryable', sdkError('Odd', { $retryable: {} })],
    ['a request that hung', sdkError('TimeoutError')],
    ['a dropped connection', sdkError('Error', { code: 'ECONNRESET' })],
    [
      'a refused connection behind fetch',
      new TypeError('fetch failed', { cause: sdkError('Error', { code: 'ECONNREFUSED' }) }),
    ],
  ])('calls %s transient', (_, error) => {
    expect(toGreengateError(error, attempt)).toBeInstanceOf(TransientAwsError);
  });

  it.each([
    ['ThrottlingException', {}, true],
    ['SlowDown', {}, true],
    ['TimeoutError', {}, false],
    ['ServerException', { $metadata: { httpStatusCode: 500 } }, false],
  ])('says of %s whether it was refused for its rate alone', (name, more, throttled) => {
    expect(isThrottled(toGreengateError(sdkError(name, more), attempt))).toBe(throttled);
  });

  it.each([
    [
      'AccessDeniedException',
      sdkError('AccessDeniedException', { $metadata: { httpStatusCode: 400 } }),
    ],
    ['AccessDenied of S3', sdkError('AccessDenied', { $metadata: { httpStatusCode: 403 } })],
    ['any 403', sdkError('Odd', { $metadata: { httpStatusCode: 403 } })],
  ])('names action and resource to grant for %s', (_, error) => {
    const mapped = toGreengateError(error, attempt);
    expect(mapped).toBeInstanceOf(PermissionDeniedError);
    expect(mapped.message).toBe(
      `Not permitted to call ecr:DescribeImages on repository team/shop, grant it to the function's role: ${error.name}: as AWS said`,
    );
  });

  it.each([
    sdkError('ClientException', { $metadata: { httpStatusCode: 400 } }),
    sdkError('LimitExceededException', { $metadata: { httpStatusCode: 400 } }),
    'not even an error',
  ])('calls anything else refused and quotes it (%#)', (error) => {
    const mapped = toGreengateError(error, attempt);
    expect(mapped).toBeInstanceOf(RequestRefusedError);
    expect(mapped.message).toMatch(
      /^ecr:DescribeImages on repository team\/shop was refused: (\w+: as AWS said|not even an error)$/,
    );
  });

  it('calls an aborted call a deadline that was met', () => {
    expect(toGreengateError(sdkError('AbortError'), attempt)).toBeInstanceOf(DeadlineExceededError);
  });

  it('leaves a Greengate error as it is', () => {
    const error = new DeploymentConflictError('busy');
    expect(toGreengateError(error, attempt)).toBe(error);
  });
});

describe('callAws', () => {
  it('keeps the name of the AWS error for the adapter that knows it', async () => {
    const call = callAws(attempt, async () => {
      throw sdkError('ImageNotFoundException');
    });
    const error = await call.catch((reason: unknown) => reason);
    expect(awsErrorName(error)).toBe('ImageNotFoundException');
    expect(awsErrorName('something else')).toBeUndefined();
  });
});
