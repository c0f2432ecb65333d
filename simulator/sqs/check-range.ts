import { AwsError } from '../core/aws-error.ts';

/** Throws AwsError `InvalidParameterValue` for a number that a parameter cannot have. */
export function checkRange(name: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new AwsError(
    'InvalidParameterValue',
    `Value ${value} for parameter ${name} is invalid. Reason: Must be between ${min} and ${max}, if provided.`,
  );
}
