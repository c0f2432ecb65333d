import type { Failure } from '@aws-sdk/client-ecs';

/** How Describe calls answer for something that is not there: no error, an entry in `failures`. */
export function missing(reference: string, arnOf: (name: string) => string): Failure {
  const known = reference.startsWith('arn:');
  return { arn: known ? reference : arnOf(reference), reason: 'MISSING' };
}
