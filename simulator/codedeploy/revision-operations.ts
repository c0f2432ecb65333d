import type {
  BatchGetApplicationRevisionsCommandInput,
  BatchGetApplicationRevisionsCommandOutput,
  GetApplicationRevisionCommandInput,
  GetApplicationRevisionCommandOutput,
  ListApplicationRevisionsCommandInput,
  ListApplicationRevisionsCommandOutput,
  RegisterApplicationRevisionCommandInput,
  RegisterApplicationRevisionCommandOutput,
} from '@aws-sdk/client-codedeploy';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { operation, type WireService } from '../wire/operation.ts';
import { parseAppSpec } from './app-spec.ts';
import { limitBatch } from './batch-limit.ts';
import { describeLocation, findRevision, withContent } from './find-revision.ts';
import { listRevisions } from './list-revisions.ts';
import type { CodeDeployModel } from './model.ts';
import { page } from './page.ts';
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
      const registered = findRevision(application, revision);
      if (!registered) {
        throw new AwsError(
          'RevisionDoesNotExistException',
          `No revision found for ${describeLocation(revision)}`,
        );
      }
      return {
        applicationName: application.name,
        revision: withContent(registered),
        revisionInfo: revisionInfo(registered),
      };
    }),

    BatchGetApplicationRevisions: operation<
      BatchGetApplicationRevisionsCommandInput,
      BatchGetApplicationRevisionsCommandOutput
    >(['applicationName', 'revisions'], ({ applicationName, revisions }) => {
      const application = model.applications.get(applicationName);
      const wanted = limitBatch(revisions, 25, 'RevisionRequiredException');
      const found = wanted.map((location) => findRevision(application, location));
      const missing = wanted.filter((_, index) => !found[index]).map(describeLocation);
      return {
        applicationName: application.name,
        // No exception for a missing revision is declared: the answer says it [model].
        errorMessage: missing.length > 0 ? `No revision found for ${missing.join(', ')}` : '',
        revisions: found
          .filter((registered) => registered !== undefined)
          .map((registered) => ({
            revisionLocation: registered.revision.location,
            genericRevisionInfo: revisionInfo(registered),
          })),
      };
    }),

    ListApplicationRevisions: operation<
      ListApplicationRevisionsCommandInput,
      ListApplicationRevisionsCommandOutput
    >(
      [
        'applicationName',
        'sortBy',
        'sortOrder',
        's3Bucket',
        's3KeyPrefix',
        'deployed',
        'nextToken',
      ],
      (input) => {
        const application = model.applications.get(input.applicationName);
        const found = listRevisions([...application.revisions.values()], input);
        const { items, next } = page(found, input.nextToken);
        return { revisions: items.map(({ revision }) => revision.location), ...next };
      },
    ),
  };
}
