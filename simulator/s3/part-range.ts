import { AwsError } from '../core/aws-error.ts';
import type { ByteRange } from './byte-range.ts';
import type { ObjectVersion } from './object-version.ts';

/**
 * The bytes of a part of an object, counted from 1; an object that was uploaded at once is a part of itself. Undefined for
 * an empty one, of which no range is shown. Throws AwsError `InvalidArgument` and, past the last part, `InvalidPartNumber`.
 * Source: API reference, GetObject, PartNumber.
 */
export function partRange(
  { body, partSizes = [body.length] }: ObjectVersion,
  number: number,
): ByteRange | undefined {
  if (!Number.isInteger(number) || number < 1 || number > 10_000) {
    throw new AwsError(
      'InvalidArgument',
      'Part number must be an integer between 1 and 10000, inclusive',
    );
  }
  const size = partSizes[number - 1];
  if (size === undefined) {
    throw new AwsError('InvalidPartNumber', 'The requested partnumber is not satisfiable', {
      status: 416,
      members: { ActualPartCount: partSizes.length, PartNumberRequested: number },
    });
  }
  if (size === 0) return undefined;
  const first = partSizes.slice(0, number - 1).reduce((sum, each) => sum + each, 0);
  return { first, last: first + size - 1 };
}
