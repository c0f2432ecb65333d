import { AwsError } from '../core/aws-error.ts';

export function invalidRevision(message: string): AwsError {
  return new AwsError('InvalidRevisionException', message);
}

/** The sentence that users quote (aws/aws-cli #4256). */
export function revisionRequired(): AwsError {
  return new AwsError('RevisionRequiredException', 'RevisionLocation must be specified');
}
