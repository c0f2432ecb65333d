import { InvalidConfigError } from '../core/errors.ts';

/** Environment variables that the stack, or Lambda itself, sets on functions. */
export type EnvironmentName =
  | 'RECORDS_BUCKET'
  | 'STATE_MACHINE_ARN'
  | 'NOTIFICATION_TOPIC_ARN'
  | 'HOOK_NAME_PREFIX'
  | 'LIFECYCLE_EVENT'
  | 'AWS_REGION';

/** Reads a variable that the function cannot work without; InvalidConfigError when it is not set. */
export function environment(name: EnvironmentName): string {
  const value = process.env[name];
  if (value === undefined || value === '') {
    throw new InvalidConfigError(
      `Environment variable ${name} is not set on the function, expected a value from the stack`,
    );
  }
  return value;
}
