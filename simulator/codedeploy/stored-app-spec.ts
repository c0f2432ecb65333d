import type { S3Location } from '@aws-sdk/client-codedeploy';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { invalidRevision } from './invalid-revision.ts';

/** The AppSpec at a place in S3: its newest version or the one that is named, with the ETag that is named [model]. */
export function readStoredAppSpec(
  world: World,
  given: S3Location | undefined,
): { readonly content: string; readonly s3Location: S3Location } {
  const { bucket, key, version, eTag } = given ?? {};
  // Scripts that work with AWS give it in lower case as well (aws/aws-cli #6267).
  const bundleType = given?.bundleType?.toUpperCase();
  if (bundleType !== 'JSON' && bundleType !== 'YAML') {
    throw invalidRevision('BundleType must be either YAML or JSON');
  }
  if (!bucket || !key) throw invalidRevision('A revision in S3 needs bucket and key');
  const place = `s3://${bucket}/${key}${version ? ` in version ${version}` : ''}`;
  const found = readObject(world, bucket, key, version);
  if (!found) {
    throw new AwsError('RevisionDoesNotExistException', `No revision found at ${place}`);
  }
  if (eTag && bare(eTag) !== bare(found.etag)) {
    throw invalidRevision(
      `The ETag of ${place} is ${bare(found.etag)}, but the revision says ${bare(eTag)}`,
    );
  }
  return {
    content: Buffer.from(found.body).toString('utf8'),
    s3Location: { bucket, key, bundleType, ...(version && { version }), ...(eTag && { eTag }) },
  };
}

/** A bucket that does not exist holds no revision either. */
function readObject(world: World, bucket: string, key: string, version: string | undefined) {
  try {
    return world.services.s3.readObject(bucket, key, version);
  } catch (error) {
    if (error instanceof AwsError) return undefined;
    throw error;
  }
}

function bare(eTag: string): string {
  return eTag.replaceAll('"', '');
}
