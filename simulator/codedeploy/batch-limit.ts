import { AwsError } from '../core/aws-error.ts';

/** The ids of a BatchGet call; throws BatchLimitExceededException beyond `limit`. */
export function limitBatch(ids: readonly string[] | undefined, limit: number): readonly string[] {
  const given = ids ?? [];
  if (given.length <= limit) return given;
  throw new AwsError(
    'BatchLimitExceededException',
    `The maximum number of names or ids allowed for this request (${limit}) was exceeded: ${given.length}`,
  );
}
