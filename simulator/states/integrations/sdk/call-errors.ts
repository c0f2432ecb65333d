import type { ServiceSchemas } from '../../../wire/service-schemas.ts';
import { StatesError } from '../../interpreter/states-error.ts';
import { ParameterProblems } from './parameter-casing.ts';

interface SdkException {
  readonly name?: string;
  readonly message?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
}

export interface ErrorNames {
  /** `Ecs` */
  readonly prefix: string;
  /** Last part of errors that the service's model does not declare: `EcsException`. */
  readonly undeclared: string;
}

/** What the SDK of this process says of an error without message; Java's names the code. */
const wordless = 'UnknownError';

/**
 * A refused call as the workflow sees it: `Ecs.ServiceNotFoundException`, always with the suffix, or
 * `Ecs.EcsException` for an error that the model does not declare (SDK integrations page, recorded AWS
 * answers).
 */
export function callError(
  error: unknown,
  schemas: ServiceSchemas,
  { prefix, undeclared }: ErrorNames,
  parameters: string,
): StatesError {
  if (error instanceof ParameterProblems) return parameterError(parameters, error.problems);
  const { name = '', message = '', $metadata } = error as SdkException;
  if ($metadata?.httpStatusCode === undefined) {
    return new StatesError(`${prefix}.SdkClientException`, message);
  }
  if (name === 'NotImplemented') return new StatesError('States.Runtime', message);
  const { httpStatusCode: status, requestId } = $metadata;
  const declared = schemas.error(name) !== undefined;
  const words = message === wordless ? `Service returned error code ${name}` : message;
  return new StatesError(
    `${prefix}.${declared ? suffixed(name) : undeclared}`,
    `${words} (Service: ${prefix}, Status Code: ${status}, Request ID: ${requestId})`,
  );
}

/** AWS's words for parameters that a Task cannot be started with. */
export function parameterError(parameters: string, problems: readonly string[]): StatesError {
  return new StatesError(
    'States.Runtime',
    `The Parameters '${parameters}' could not be used to start the Task: [${problems.join(', ')}]`,
  );
}

/** As the AWS SDK for Java names its classes. */
function suffixed(name: string): string {
  const base = name.replace(/Fault$/, '');
  return base.endsWith('Exception') ? base : `${base}Exception`;
}
