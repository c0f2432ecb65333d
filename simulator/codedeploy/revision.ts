import type { RevisionLocation, S3Location } from '@aws-sdk/client-codedeploy';
import type { World } from '../core/world.ts';
import { sha256Of } from './app-spec.ts';
import { invalidRevision, revisionRequired } from './invalid-revision.ts';
import { readStoredAppSpec } from './stored-app-spec.ts';

/** An AppSpec and where it came from. */
export interface Revision {
  readonly content: string;
  readonly sha256: string;
  /** As answers show it: an inline AppSpec without its text (aws-facts 3.4). */
  readonly location: RevisionLocation;
}

/** Reads a revision: inline content (either spelling) or a JSON or YAML object in S3. */
export function readRevision(world: World, location: RevisionLocation | undefined): Revision {
  if (!location) throw revisionRequired();
  const { appSpecContent, string, s3Location } = location;
  switch (location.revisionType) {
    case 'AppSpecContent':
      return inline(appSpecContent?.content, appSpecContent?.sha256, (sha256) => ({
        revisionType: 'AppSpecContent',
        appSpecContent: { sha256 },
      }));
    case 'String':
      return inline(string?.content, string?.sha256, (sha256) => ({
        revisionType: 'String',
        string: { sha256 },
      }));
    case 'S3':
      return stored(world, s3Location);
    default:
      throw invalidRevision(
        `Revision type ${location.revisionType ?? 'null'} is not valid for the ECS compute platform; expected AppSpecContent, String or S3`,
      );
  }
}

/** The revision that describes what a task set runs: what a rollback goes back to. */
export function describingRevision(
  taskDefinition: string,
  containerName: string,
  containerPort: number,
): Revision {
  const content = JSON.stringify({
    version: 0.0,
    Resources: [
      {
        TargetService: {
          Type: 'AWS::ECS::Service',
          Properties: {
            TaskDefinition: taskDefinition,
            LoadBalancerInfo: { ContainerName: containerName, ContainerPort: containerPort },
          },
        },
      },
    ],
  });
  return inline(content, undefined, (sha256) => ({
    revisionType: 'AppSpecContent',
    appSpecContent: { sha256 },
  }));
}

function inline(
  content: string | undefined,
  claimed: string | undefined,
  location: (sha256: string) => RevisionLocation,
): Revision {
  if (!content) throw invalidRevision('The revision has no AppSpec content');
  const sha256 = sha256Of(content);
  if (claimed !== undefined && claimed.toLowerCase() !== sha256) {
    throw invalidRevision(
      `The SHA-256 hash of the AppSpec content is ${sha256}, but the revision says ${claimed}`,
    );
  }
  return { content, sha256, location: location(sha256) };
}

function stored(world: World, given: S3Location | undefined): Revision {
  const { content, s3Location } = readStoredAppSpec(world, given);
  return {
    content,
    sha256: sha256Of(content),
    location: { revisionType: 'S3', s3Location },
  };
}
