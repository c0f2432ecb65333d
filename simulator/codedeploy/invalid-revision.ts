import { AwsError } from '../core/aws-error.ts';

export function invalidRevision(message: string): AwsError {
  return new AwsError('InvalidRevisionException', message);
}
