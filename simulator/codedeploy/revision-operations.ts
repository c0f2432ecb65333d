import type {
  GetApplicationRevisionCommandInput,
  GetApplicationRevisionCommandOutput,
  RegisterApplicationRevisionCommandInput,
  RegisterApplicationRevisionCommandOutput,
  RevisionLocation,
} from '@aws-sdk/client-codedeploy';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { operation, type WireService } from '../wire/operation.ts';
import { parseAppSpec } from './app-spec.ts';
import type { RegisteredRevision } from './applications.ts';
import type { CodeDeployModel } from './model.ts';
import { readRevision } from './revision.ts';
import { revisionInfo } from './shapes.ts';

export function revisionOperations(
  model: CodeDeployModel,
  world: World,
): WireService['operations'] {
  return {
    RegisterApplicationRevision: operation<
      RegisterApplicationRevisionCommandInput,
      RegisterApplicationRevisionCommandOutput
    >(['applicationName', 'description', 'revision'], (input) => {
      const application = model.applications.get(input.applicationName);
      const revision = readRevision(world, input.revision);
      parseAppSpec(revision.content);
      model.applications.register(application, revision, input.description);
      return {};
    }),

    GetApplicationRevision: operation<
      GetApplicationRevisionCommandInput,
      GetApplicationRevisionCommandOutput
    >(['applicationName', 'revision'], ({ applicationName, revision }) => {
      const application = model.applications.get(applicationName);
      const registered = find([...application.revisions.values()], revision);
      return {
        applicationName: application.name,
        revision: withContent(registered),
        revisionInfo: revisionInfo(registered),
      };
    }),
  };
}

/** By sha256 for inline AppSpecs, by place for those in S3. */
function find(
  revisions: readonly RegisteredRevision[],
  wanted: RevisionLocation | undefined,
): RegisteredRevision {
  if (!wanted) throw new AwsError('RevisionRequiredException', 'Revision is required');
  const sha256 = wanted.appSpecContent?.sha256 ?? wanted.string?.sha256;
  const { bucket, key } = wanted.s3Location ?? {};
  const found = revisions.find(({ revision }) => {
    const place = revision.location.s3Location;
    return sha256 === undefined
      ? place !== undefined && place.bucket === bucket && place.key === key
      : revision.sha256 === sha256;
  });
  if (found) return found;
  throw new AwsError(
    'RevisionDoesNotExistException',
    `No revision found for ${sha256 ?? `s3://${bucket}/${key}`}`,
  );
}

/** The one answer that carries an inline AppSpec's text (aws-facts 3.4). */
function withContent({ revision }: RegisteredRevision): RevisionLocation {
  const { content, sha256, location } = revision;
  if (location.appSpecContent) return { ...location, appSpecContent: { content, sha256 } };
  if (location.string) return { ...location, string: { content, sha256 } };
  return location;
}
