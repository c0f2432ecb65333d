import { AwsError } from '../core/aws-error.ts';
import type { AuthorizedService, ServiceName } from '../wire/operation.ts';
import { spokenEntity } from './spoken-entities.ts';

interface Dialect {
  readonly denied: string;
  readonly deniedStatus: number;
  readonly unknownKey: string;
  readonly expired: string;
  readonly keyStatus: number;
}

const json: Dialect = {
  denied: 'AccessDeniedException',
  deniedStatus: 400,
  unknownKey: 'UnrecognizedClientException',
  expired: 'ExpiredTokenException',
  keyStatus: 400,
};
const query: Dialect = {
  denied: 'AccessDenied',
  deniedStatus: 403,
  unknownKey: 'InvalidClientTokenId',
  expired: 'ExpiredToken',
  keyStatus: 403,
};

/** How services word it, by protocol (each API reference, "Common errors"); the exceptions one by one. */
const dialects: Readonly<Partial<Record<AuthorizedService, Dialect>>> = {
  'auto-scaling': query,
  cloudformation: query,
  cloudwatch: query,
  ec2: {
    ...query,
    denied: 'UnauthorizedOperation',
    unknownKey: 'AuthFailure',
    expired: 'RequestExpired',
  },
  'elastic-load-balancing-v2': query,
  iam: query,
  'route-53': query,
  lambda: { ...json, deniedStatus: 403, keyStatus: 403 },
  s3: { ...query, unknownKey: 'InvalidAccessKeyId' },
  sns: { ...query, denied: 'AuthorizationError' },
  sqs: query,
  sts: query,
};

const unknownKeyTexts: Readonly<Partial<Record<ServiceName, string>>> = {
  ec2: 'AWS was not able to validate the provided access credentials',
  s3: 'The AWS Access Key Id you provided does not exist in our records.',
};

/** The error for credentials that are unknown, deleted or expired. */
export function credentialsRefused(service: ServiceName, why: 'unknown' | 'expired'): AwsError {
  const { unknownKey, expired, keyStatus } = dialects[service] ?? json;
  if (why === 'unknown') {
    const text =
      unknownKeyTexts[service] ?? 'The security token included in the request is invalid.';
    const status = service === 'ec2' ? 401 : keyStatus;
    return new AwsError(unknownKey, text, { status });
  }
  const texts: Readonly<Partial<Record<ServiceName, string>>> = {
    ec2: 'Request has expired.',
    s3: 'The provided token has expired.',
  };
  const text = texts[service] ?? 'The security token included in the request is expired';
  const status = service === 's3' || service === 'ec2' ? 400 : keyStatus;
  return new AwsError(expired, text, { status });
}

/** The error for a call that policies do not allow. */
export function accessDenied(service: AuthorizedService, sentence: string): AwsError {
  const { denied, deniedStatus } = dialects[service] ?? json;
  const message =
    service === 'ec2' ? `You are not authorized to perform this operation. ${sentence}` : sentence;
  return new AwsError(denied, message, { status: deniedStatus });
}

/** Actions as denials spell them: SNS shouts its name, SQS whispers its operations (both seen in real answers). */
export function spokenAction(service: AuthorizedService, action: string): string {
  if (service === 'sns') return action.replace(/^sns:/, 'SNS:');
  return service === 'sqs' ? action.toLowerCase() : action;
}

/** Resources as denials spell them: S3 puts quotes around ARNs, EC2 names none where there is none. */
export function spokenResource(
  service: AuthorizedService,
  resource: string,
  asked: { readonly action: string; readonly operation: string },
): string | undefined {
  if (service === 's3') return `"${resource}"`;
  if (service === 'iam') return spokenEntity(resource, asked.action, asked.operation);
  return service === 'ec2' && resource === '*' ? undefined : resource;
}
