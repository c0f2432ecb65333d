import { AwsError } from '../core/aws-error.ts';
import { type Bucket, noSuchKey } from './bucket.ts';
import type { ObjectVersion } from './object-version.ts';

/**
 * The current object or the version that is asked for. A delete marker is 404 as the current object and 405 by its
 * version (user guide, working with delete markers). Throws AwsError.
 */
export function requireVersion(bucket: Bucket, key: string, versionId?: string): ObjectVersion {
  const found = bucket.version(key, versionId);
  if (found && !found.deleteMarker) return found;
  if (found) throw hiddenBy(found, versionId);
  if (versionId === undefined) throw noSuchKey(key);
  if (!isVersionId(versionId)) {
    throw new AwsError('InvalidArgument', 'Invalid version id specified', {
      status: 400,
      members: { ArgumentName: 'versionId', ArgumentValue: versionId },
    });
  }
  throw new AwsError('NoSuchVersion', 'The specified version does not exist.', {
    status: 404,
    members: { Key: key, VersionId: versionId },
  });
}

function hiddenBy(marker: ObjectVersion, asked: string | undefined): AwsError {
  const headers = { 'x-amz-delete-marker': 'true', 'x-amz-version-id': marker.versionId };
  const { code, message, status, members } = noSuchKey(marker.key);
  if (asked === undefined)
    return new AwsError(code, message, { status: status ?? 404, members, headers });
  return new AwsError(
    'MethodNotAllowed',
    'The specified method is not allowed against this resource.',
    {
      status: 405,
      members: { Method: 'GET', ResourceType: 'DeleteMarker' },
      headers: { ...headers, allow: 'DELETE' },
    },
  );
}

/** AWS's version ids have 32 characters as well; `null` is that of an object from before versioning. */
function isVersionId(text: string): boolean {
  return text === 'null' || /^[\w.-]{32}$/.test(text);
}
