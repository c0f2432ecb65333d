import { AwsError } from '../core/aws-error.ts';
import type { ServiceName } from '../wire/operation.ts';

/** How services word it when they do not say ThrottlingException, status 400, "Rate exceeded". */
const own: { readonly [Name in ServiceName]?: readonly [string, number, string] } = {
  cloudformation: ['Throttling', 400, 'Rate exceeded'],
  cloudwatch: ['Throttling', 400, 'Rate exceeded'],
  ec2: ['RequestLimitExceeded', 503, 'Request limit exceeded.'],
  iam: ['Throttling', 400, 'Rate exceeded'],
  lambda: ['TooManyRequestsException', 429, 'Rate exceeded'],
  s3: ['SlowDown', 503, 'Please reduce your request rate.'],
  sqs: ['RequestThrottled', 403, 'Request is throttled.'],
  sts: ['Throttling', 400, 'Rate exceeded'],
};

/** The service's own refusal of a caller who is too fast. */
export function throttlingError(service: ServiceName): AwsError {
  const [code, status, message] = own[service] ?? ['ThrottlingException', 400, 'Rate exceeded'];
  return new AwsError(code, message, { status });
}
