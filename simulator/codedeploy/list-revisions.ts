import type { ListApplicationRevisionsInput } from '@aws-sdk/client-codedeploy';
import { AwsError } from '../core/aws-error.ts';
import type { RegisteredRevision } from './applications.ts';

const timeOf = {
  registerTime: ({ registeredAtMs }: RegisteredRevision) => registeredAtMs,
  firstUsedTime: ({ firstUsedAtMs }: RegisteredRevision) => firstUsedAtMs ?? 0,
  lastUsedTime: ({ lastUsedAtMs }: RegisteredRevision) => lastUsedAtMs ?? 0,
};

/** ListApplicationRevisions' filters and orders [model]; unsorted in the order of registration. */
export function listRevisions(
  revisions: readonly RegisteredRevision[],
  input: Partial<ListApplicationRevisionsInput>,
): RegisteredRevision[] {
  const { s3Bucket, s3KeyPrefix, deployed = 'ignore', sortBy, sortOrder = 'ascending' } = input;
  if (s3KeyPrefix && !s3Bucket) {
    throw new AwsError(
      'BucketNameFilterRequiredException',
      'A key prefix can only be specified together with a bucket',
    );
  }
  requireOneOf(deployed, ['include', 'exclude', 'ignore'], 'InvalidDeployedStateFilterException');
  requireOneOf(sortOrder, ['ascending', 'descending'], 'InvalidSortOrderException');
  const found = revisions.filter(({ revision: { location }, deploymentGroups }) => {
    const place = location.s3Location;
    const isTarget = deploymentGroups.size > 0;
    return (
      (!s3Bucket || place?.bucket === s3Bucket) &&
      (!s3KeyPrefix || place?.key?.startsWith(s3KeyPrefix)) &&
      (deployed === 'ignore' || isTarget === (deployed === 'include'))
    );
  });
  if (sortBy) {
    requireOneOf(sortBy, Object.keys(timeOf), 'InvalidSortByException');
    found.sort((a, b) => timeOf[sortBy](a) - timeOf[sortBy](b));
  }
  return sortOrder === 'descending' ? found.reverse() : found;
}

function requireOneOf(value: string, allowed: readonly string[], code: string): void {
  if (allowed.includes(value)) return;
  throw new AwsError(code, `${value} is not one of ${allowed.join(', ')}`);
}
