import { AwsError } from '../core/aws-error.ts';
import { OutputMismatchError } from './check-output.ts';
import type { RegisteredService } from './service-registry.ts';

/** Codes that any operation of any service may answer with (the services' Common Errors pages). */
const common = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'ExpiredToken',
  'ExpiredTokenException',
  'IncompleteBody',
  'IncompleteSignature',
  'InternalFailure',
  'InvalidAction',
  'InvalidClientTokenId',
  'InvalidParameterCombination',
  'InvalidParameterValue',
  'MalformedInput',
  'MissingParameter',
  'NotImplemented',
  'RequestEntityTooLargeException',
  'RequestTimeout',
  'SerializationException',
  'ServiceUnavailable',
  'Throttling',
  'ThrottlingException',
  'UnknownOperationException',
  'UnrecognizedClientException',
  'ValidationError',
  'ValidationException',
]);

/** `SERVICE:OPERATION:CODE` that the model does not declare, and where it was seen. */
const beyondModel: Readonly<Record<string, string>> = {
  'cloudwatch:DeleteDashboards:DashboardNotFoundError':
    'API reference of DeleteDashboards: ResourceNotFound, 404',
  'lambda:DeleteAlias:ResourceNotFoundException':
    'of a function that is not there, as its siblings',
  'sfn:ListStateMachineVersions:StateMachineDoesNotExist': 'as its siblings declare it',
  ...Object.fromEntries(
    ['CreateListener', 'ModifyListener', 'ModifyRule'].map((operation) => [
      `elastic-load-balancing-v2:${operation}:TooManyTargetGroupsException`,
      'the sixth target group of a forward action; CreateRule declares it',
    ]),
  ),
};

/**
 * Carries out an operation; an error that AWS's model does not let it answer with becomes an
 * OutputMismatchError that says so. Errors that a test injects do not come this way.
 */
export async function withCheckedErrors(
  service: RegisteredService,
  operation: string,
  handle: () => unknown,
): Promise<unknown> {
  try {
    return await handle();
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    if (isDeclaredError(service, operation, error.code)) throw error;
    throw new OutputMismatchError(
      `${service.description.name}:${operation} does not answer with ${error.code} (${error.message}), says AWS's model`,
    );
  }
}

/** Whether AWS's model lets the operation answer with the code. */
function isDeclaredError(
  { description, schemas, constraints }: RegisteredService,
  operation: string,
  code: string,
): boolean {
  const { name, validationCode } = description;
  // EC2's and most of S3's errors stand in their documentation only.
  if (common.has(code) || code === validationCode || name === 'ec2' || name === 's3') return true;
  if (Object.hasOwn(beyondModel, `${name}:${operation}:${code}`)) return true;
  const declared = constraints.operations[operation]?.errors;
  if (declared === undefined) return true;
  return declared.some((shape) => {
    const query = schemas.error(shape)?.query?.[0];
    return [shape, constraints.errorCodes[shape], query].includes(code);
  });
}
