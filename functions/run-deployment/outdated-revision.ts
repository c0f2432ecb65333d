import type { ServiceConfig } from '../core/config/schema.ts';
import type { TrackedDeployment } from '../core/deployment/tracked-deployment.ts';
import { ReleaseRefused } from '../core/errors.ts';
import type { TaskDefinitions } from '../core/ports/task-definitions.ts';
import { carriedTags } from '../core/task-definition/carried-tags.ts';
import { registrable } from '../core/task-definition/registrable.ts';
import { replaceImage } from '../core/task-definition/replace-image.ts';
import { revisionOf } from '../core/task-definition/revision-of.ts';
import { sameContent } from '../core/task-definition/same-content.ts';
import type { ServingWorkload } from '../core/workflow/serving-workload.ts';

export interface OutdatedRevisionDeps {
  readonly taskDefinitions: Pick<TaskDefinitions, 'describe'>;
}

/**
 * Why the registered revision must be made anew: since it was, production got a task definition that differs in more
 * than the image, and to deploy the old one would take that back. A release may have waited for hours, and a redrive
 * begins here days later. Undefined while all is well. Throws ReleaseRefused for a rollback by hand whose production
 * is another by now: what to go back from is gone.
 */
export async function findOutdatedRevision(
  { name, target }: Pick<ServiceConfig, 'name' | 'target'>,
  { release, taskDefinitionArn }: Pick<TrackedDeployment, 'release' | 'taskDefinitionArn'>,
  serving: Pick<ServingWorkload, 'taskDefinitionArn'> | undefined,
  { taskDefinitions }: OutdatedRevisionDeps,
): Promise<string | undefined> {
  const runningArn = serving?.taskDefinitionArn;
  const { originalTaskDefinitionArn, byHand, image } = release;
  if (runningArn === undefined || runningArn === originalTaskDefinitionArn) return undefined;
  if (byHand === 'rollback') {
    throw new ReleaseRefused(
      `Cannot roll "${name}" back: production ran ${revisionOf(originalTaskDefinitionArn)} when it was asked for, and runs ${revisionOf(runningArn)} now; ask again if it is still wanted`,
    );
  }
  const [running, registered] = await Promise.all([
    taskDefinitions.describe(runningArn),
    taskDefinitions.describe(taskDefinitionArn),
  ]);
  const wanted = {
    document: replaceImage(registrable(running.document), target.container, image),
    tags: carriedTags(running.tags),
  };
  if (sameContent(registered, wanted)) return undefined;
  return `Production of "${name}" runs ${revisionOf(runningArn)} by now, which differs from ${revisionOf(taskDefinitionArn)} in more than the image: the revision is made anew from it`;
}
