import type { RevisionLocation } from '@aws-sdk/client-codedeploy';
import type { Application, RegisteredRevision } from './applications.ts';
import { revisionRequired } from './invalid-revision.ts';

/** By sha256 for inline AppSpecs, by place for those in S3; undefined when it is not registered. */
export function findRevision(
  { revisions }: Application,
  wanted: RevisionLocation | undefined,
): RegisteredRevision | undefined {
  if (!wanted) throw revisionRequired();
  const sha256 = wanted.appSpecContent?.sha256 ?? wanted.string?.sha256;
  const { bucket, key, version } = wanted.s3Location ?? {};
  return [...revisions.values()].find(({ revision }) => {
    const place = revision.location.s3Location;
    return sha256 === undefined
      ? place !== undefined &&
          place.bucket === bucket &&
          place.key === key &&
          (!version || place.version === version)
      : revision.sha256 === sha256;
  });
}

export function describeLocation(location: RevisionLocation | undefined): string {
  const { bucket, key } = location?.s3Location ?? {};
  const sha256 = location?.appSpecContent?.sha256 ?? location?.string?.sha256;
  return sha256 ?? `s3://${bucket}/${key}`;
}

/** The one answer that carries an inline AppSpec's text (aws-facts 3.4). */
export function withContent({ revision }: RegisteredRevision): RevisionLocation {
  const { content, sha256, location } = revision;
  if (location.appSpecContent) return { ...location, appSpecContent: { content, sha256 } };
  if (location.string) return { ...location, string: { content, sha256 } };
  return location;
}
