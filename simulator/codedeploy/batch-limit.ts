import { AwsError } from '../core/aws-error.ts';

/** The ids of a BatchGet call; throws `required` without any, `exceeded` beyond `limit`. */
export function limitBatch<T>(
  ids: readonly T[] | undefined,
  limit: number,
  required: string,
  exceeded = 'BatchLimitExceededException',
): readonly T[] {
  const given = ids ?? [];
  if (given.length === 0) throw new AwsError(required, 'At least one name or id is required');
  if (given.length <= limit) return given;
  throw new AwsError(
    exceeded,
    `The maximum number of names or ids allowed for this request (${limit}) was exceeded: ${given.length}`,
  );
}
